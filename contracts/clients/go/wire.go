package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const bodyLimit = 1 << 20

// Trouble says that it did not go well: what a call answers then, and how many seconds the other side asked to wait.
type Trouble struct {
	Result, Code string
	Status       int
	Wait         float64
	Rotated      string
}

func (t *Trouble) Error() string { return t.Code }

// Answer is all that came back.
type Answer struct {
	status int
	header http.Header
	body   []byte
}

// Wire sends one request at a time: no redirect is followed, nothing is sent twice, and there is one deadline for all of it.
type Wire struct{ http http.Client }

func newWire(timeout time.Duration) *Wire {
	return &Wire{http.Client{
		Timeout: timeout,
		// A connection that is not used again cannot break at its second use, and Go then repeats no request by itself.
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (w *Wire) send(ctx context.Context, method, to string, headers map[string]string, body []byte) (*Answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, to, bytes.NewReader(body))
	if err != nil {
		return nil, &Trouble{Result: "error", Code: "unusable_request"}
	}
	request.Header.Set("User-Agent", "careful-go/1")
	request.Header.Set("Accept", "application/json")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := w.http.Do(request)
	if err != nil {
		return nil, lost(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(io.LimitReader(response.Body, bodyLimit))
	if err != nil {
		return nil, lost(err)
	}
	return &Answer{response.StatusCode, response.Header, read}, nil
}

func lost(err error) error {
	var slow net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return &Trouble{Result: "transient", Code: "cancelled"}
	case errors.As(err, &slow) && slow.Timeout():
		return &Trouble{Result: "transient", Code: "timeout"}
	}
	return &Trouble{Result: "transient", Code: "network"}
}

func (a *Answer) code() string { return fmt.Sprintf("http_%d", a.status) }

// What the body says, whatever its content type.
func (a *Answer) json() (any, error) {
	var said any
	body := bytes.TrimPrefix(a.body, []byte("\xef\xbb\xbf"))
	if !json.Valid(body) {
		return nil, errors.New("no JSON")
	}
	return said, exactly(body, &said)
}

// Reads JSON with its numbers as they are written.
func exactly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(into)
}

// Seconds, of either form; a date counts from the answer's own. 0 where nothing is said.
func (a *Answer) retryAfter() float64 {
	said := strings.TrimSpace(a.header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(said, 10, 31); err == nil {
		return float64(seconds)
	}
	until, err := http.ParseTime(said)
	if err != nil {
		return 0
	}
	from, err := http.ParseTime(a.header.Get("Date"))
	if err != nil {
		from = time.Now()
	}
	if until.Before(from) {
		return 0
	}
	return until.Sub(from).Seconds()
}

// Whether secrets may be sent there: over TLS, or without leaving this machine.
func safe(to string) bool {
	at, err := url.Parse(to)
	if err != nil {
		return false
	}
	host := at.Hostname()
	here := host == "localhost" || strings.HasSuffix(host, ".localhost") || net.ParseIP(host).IsLoopback()
	return at.Scheme == "https" || at.Scheme == "http" && here
}

var plainForm = regexp.MustCompile(`^[\w.:;=/+ -]{1,200}$`)

// A code or the like as it may be shown and logged; what is none is not repeated.
func plain(said any) string {
	if text, ok := said.(string); ok && plainForm.MatchString(text) {
		return text
	}
	return "unreadable"
}
