package main

import (
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// The library takes no clock: instead of time going on, the ends of tokens come nearer.
type clock struct {
	mutex sync.Mutex
	ahead time.Duration
	seen  map[*oauth2.Token]bool
}

type watched struct {
	oauth2.TokenSource
	clock *clock
}

func (c *clock) watch(source oauth2.TokenSource) oauth2.TokenSource { return watched{source, c} }

func (w watched) Token() (*oauth2.Token, error) {
	token, err := w.TokenSource.Token()
	if err == nil {
		w.clock.mutex.Lock()
		defer w.clock.mutex.Unlock()
		if w.clock.seen == nil {
			w.clock.seen = map[*oauth2.Token]bool{}
		}
		w.clock.seen[token] = true
	}
	return token, err
}

func (c *clock) advance(seconds float64) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	by := time.Duration(seconds * float64(time.Second))
	c.ahead += by
	for token := range c.seen {
		token.Expiry = moved(token.Expiry, -by)
	}
}

// The end of a token by the clock that was moved, and back.
func (c *clock) told(end time.Time) time.Time { return moved(end, c.ahead) }
func (c *clock) real(end time.Time) time.Time { return moved(end, -c.ahead) }

func moved(end time.Time, by time.Duration) time.Time {
	if end.IsZero() {
		return end
	}
	return end.Add(by)
}
