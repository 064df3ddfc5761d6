// A careful OAuth client, and what lets a contract harness drive it: one JSON object a line from stdin, answers to
// stdout, the log to stderr.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
)

// Asked is one line from the harness.
type Asked struct {
	ID                             int
	Op, Session, Link, URL, Method string
	Body                           *string
	Call                           int
	Env                            Env
}

// Driver knows which lines are still to be answered.
type Driver struct {
	client *Client
	mutex  sync.Mutex
	open   map[int]context.CancelFunc
}

var ops = []string{"begin", "callback", "call", "cancel", "status", "disconnect"}

var errUnsupported = errors.New("not supported")

func main() {
	driver := &Driver{open: map[int]context.CancelFunc{}}
	var working sync.WaitGroup
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		asked := Asked{Link: "default", Method: "GET"}
		if err := json.Unmarshal(line, &asked); err != nil {
			driver.log("a line that is not understood")
			continue
		}
		ctx, cancel := context.WithCancel(context.Background())
		driver.mutex.Lock()
		driver.open[asked.ID] = cancel
		driver.mutex.Unlock()
		if asked.Op == "start" {
			driver.handle(ctx, asked)
			continue
		}
		working.Add(1)
		go func() {
			defer working.Done()
			driver.handle(ctx, asked)
		}()
	}
	working.Wait()
}

func (d *Driver) log(words string, values ...any) { fmt.Fprintf(os.Stderr, words+"\n", values...) }

// Once: what comes after a cancelled call was answered is dropped.
func (d *Driver) answer(id int, said Result) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if cancel, open := d.open[id]; open {
		delete(d.open, id)
		cancel()
		said["id"] = id
		line, _ := json.Marshal(said)
		fmt.Println(string(line))
	}
}

func (d *Driver) handle(ctx context.Context, asked Asked) {
	said, err := d.do(ctx, asked)
	if err == nil {
		d.answer(asked.ID, Result{"ok": said})
		return
	}
	// The text of others is not repeated: it may hold secrets.
	kind, message := "failed", fmt.Sprintf("%s: %T", asked.Op, err)
	var refused RefusedConfiguration
	if errors.As(err, &refused) {
		kind, message = "configuration", refused.words
	} else if errors.Is(err, errUnsupported) {
		kind, message = "unsupported", asked.Op+" is not supported"
	}
	d.answer(asked.ID, Result{"error": Result{"kind": kind, "message": message}})
}

func (d *Driver) do(ctx context.Context, asked Asked) (Result, error) {
	if d.client == nil && asked.Op != "start" {
		return nil, errors.New("not started")
	}
	switch asked.Op {
	case "start":
		client, err := newClient(asked.Env, d.log)
		d.client = client
		features := Result{"concurrent": true, "multiLink": true, "pkce": true, "revoke": true}
		return Result{"client": "careful", "version": "1", "language": "go", "ops": ops, "features": features}, err
	case "begin":
		return d.client.begin(asked.Session, asked.Link)
	case "callback":
		return d.client.callback(asked.Session, asked.URL)
	case "call":
		return d.client.call(ctx, asked.Link, asked.Method, asked.Body), nil
	case "status":
		return d.client.status(asked.Link)
	case "disconnect":
		return d.client.disconnect(asked.Link)
	case "cancel":
		d.answer(asked.Call, Result{"ok": Result{"result": "transient", "code": "cancelled"}})
		return Result{}, nil
	}
	return nil, errUnsupported
}
