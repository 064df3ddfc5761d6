package main

import (
	"bufio"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/oauth2"
)

// What the app is told at its start.
type env struct {
	Provider, AuthorizeURL, TokenURL, APIURL, ClientID, ClientSecret, RedirectURI, ClientAuth, StoreDir string

	Scopes           []string
	PKCE             bool
	RequestTimeoutMs int
}

// One line to the app; an op has some of these.
type request struct {
	ID                                   int
	Op, Session, Link, URL, Method, Body string
	Seconds                              float64
	Env                                  env
}

func main() {
	var here *app
	var writing sync.Mutex
	var running sync.WaitGroup
	say := func(line map[string]any) {
		writing.Lock()
		defer writing.Unlock()
		json.NewEncoder(os.Stdout).Encode(line)
	}
	answer := func(asked request, op func(request) any) {
		defer running.Done()
		say(map[string]any{"id": asked.ID, "ok": op(asked)})
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		asked := request{Link: "default"}
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		if asked.Op == "start" {
			here = newApp(asked.Env)
			say(map[string]any{"id": asked.ID, "ok": map[string]any{
				"client": "golang.org/x/oauth2", "version": version, "language": "go",
				"ops":      []string{"begin", "callback", "call", "status", "advance"},
				"features": map[string]bool{"concurrent": true, "clock": true, "multiLink": true, "pkce": true},
			}})
			continue
		}
		ops := map[string]func(request) any{
			"begin": here.begin, "callback": here.callback, "call": here.call, "status": here.status, "advance": here.advance,
		}
		op := ops[asked.Op]
		if op == nil {
			say(map[string]any{"id": asked.ID, "error": map[string]any{"kind": "unsupported", "message": "no such op"}})
			continue
		}
		running.Add(1)
		go answer(asked, op)
	}
	running.Wait()
}

// Debian's package; a build without modules does not know it.
const version = "0.3.0"

func (a *app) advance(asked request) any {
	a.clock.advance(asked.Seconds)
	return map[string]any{}
}

// What came of a callback, and by which code where there is one.
func told(outcome, code string) any {
	if code == "" {
		return map[string]any{"outcome": outcome}
	}
	return map[string]any{"outcome": outcome, "code": code}
}

// What an app makes of an error of the library, or of the API's answer.
func failed(code string, status int, unreached bool) any {
	told := map[string]any{"result": "error"}
	if code != "" {
		told["code"] = code
	}
	if status != 0 {
		told["status"] = status
	}
	if unreached || status >= 500 || status == 429 {
		told["result"] = "transient"
	} else if code == "invalid_grant" {
		told["result"] = "needs_reauth"
	}
	return told
}

// The library hands over the answer's body as it came.
func codeOf(err error) string {
	var refused *oauth2.RetrieveError
	var body struct{ Error string }
	if errors.As(err, &refused) {
		json.Unmarshal(refused.Body, &body)
	}
	return body.Error
}

func statusOf(err error) int {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return refused.Response.StatusCode
	}
	return 0
}

// Whether the network is to blame.
func isNetwork(err error) bool {
	var slow interface{ Timeout() bool }
	var broken *net.OpError
	isCut := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	return isCut || errors.As(err, &broken) || errors.As(err, &slow) && slow.Timeout()
}

// Reads and writes one JSON file.
type store struct {
	folder string
	mutex  *sync.Mutex
}

func (s store) all() map[string]json.RawMessage {
	kept := map[string]json.RawMessage{}
	if text, err := os.ReadFile(filepath.Join(s.folder, "store.json")); err == nil {
		json.Unmarshal(text, &kept)
	}
	return kept
}

func (s store) get(key string, value any) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	json.Unmarshal(s.all()[key], value)
}

func (s store) set(key string, value any) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	kept := s.all()
	kept[key], _ = json.Marshal(value)
	text, _ := json.Marshal(kept)
	if err := os.WriteFile(filepath.Join(s.folder, "store.json"), text, 0o600); err != nil {
		panic(err)
	}
}

func random() string {
	octets := make([]byte, 32)
	rand.Read(octets)
	return hex.EncodeToString(octets)
}
