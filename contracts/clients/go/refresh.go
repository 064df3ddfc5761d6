package main

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"
)

// One piece of work that several wait for.
type flight struct {
	done  chan struct{}
	value any
	err   error
}

// The outcome of one piece of work for all who ask while it is done. Whoever gives up does not end it.
func (c *Client) once(ctx context.Context, key string, work func() (any, error)) (any, error) {
	c.mutex.Lock()
	one, there := c.flights[key]
	if !there {
		one = &flight{done: make(chan struct{})}
		c.flights[key] = one
		go func() {
			one.value, one.err = work()
			c.mutex.Lock()
			delete(c.flights, key)
			c.mutex.Unlock()
			close(one.done)
		}()
	}
	c.mutex.Unlock()
	select {
	case <-one.done:
		return one.value, one.err
	case <-ctx.Done():
		return nil, &Trouble{Result: "transient", Code: "cancelled"}
	}
}

// The grant with another access token than the one used: one request, however many ask.
func (c *Client) refresh(ctx context.Context, link, used string) (Grant, error) {
	work := func() (any, error) { return c.refreshed(link, used) }
	came, err := c.once(ctx, "refresh\x00"+link+"\x00"+used, work)
	grant, _ := came.(Grant)
	return grant, err
}

func (c *Client) refreshed(link, used string) (Grant, error) {
	before, err := c.usable(link)
	if wait := before.RetryAt - now(); err == nil && wait > 0 && wait <= 1 {
		time.Sleep(time.Duration(wait * float64(time.Second)))
		before, err = c.usable(link)
	}
	if err != nil || before.AccessToken != used {
		return before, err
	}
	if before.RefreshToken == "" {
		_, err = c.keep(link, before, before.ended("no_refresh_token"))
		return before, either(err, &Trouble{Result: "needs_reauth", Code: "no_refresh_token"})
	}
	if wait := before.RetryAt - now(); wait > 0 && wait <= longestWait {
		return before, before.Failed
	}
	// Written ahead: a process that dies from here on finds a failed attempt, and tries the same token again.
	attempt := before.failed(&Trouble{Result: "transient", Code: "unanswered"})
	if _, err := c.keep(link, before, attempt); err != nil {
		return before, err
	}
	asked := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {before.RefreshToken}}
	switch c.env.Provider {
	case "mekari":
		// As it was asked for at the login.
		asked.Set("scope", before.Asked)
	case "mercury":
		// At most what was granted.
		asked.Set("scope", strings.Join(before.Scopes, " "))
	}
	after, err := c.granted(asked, attempt)
	var trouble *Trouble
	if err == nil {
		c.log("refresh for %s: done", link)
		return c.keep(link, attempt, after)
	} else if !errors.As(err, &trouble) {
		return before, err
	}
	c.log("refresh for %s: %s", link, trouble.Code)
	after = before.failed(trouble)
	if trouble.Code == "invalid_grant" {
		trouble = &Trouble{Result: "needs_reauth", Code: trouble.Code, Status: trouble.Status}
		after = before.ended(trouble.Code)
	}
	kept, err := c.keep(link, attempt, after)
	if err == nil && kept.AccessToken != used && kept.AccessToken != "" {
		return kept, nil
	}
	return before, either(err, trouble)
}

// Stores it, unless a new login or another process was there meanwhile. Returns what is stored now.
func (c *Client) keep(link string, before, after Grant) (Grant, error) {
	c.storing.Lock()
	defer c.storing.Unlock()
	var stored Grant
	there, err := c.store.read("link", link, &stored)
	switch {
	case err != nil:
		return stored, err
	case !there:
		return stored, &Trouble{Result: "needs_reauth", Code: "not_connected"}
	case stored.AccessToken != before.AccessToken || stored.RefreshToken != before.RefreshToken:
		return stored, nil
	}
	return after, c.store.write("link", link, after)
}

func (c *Client) usable(link string) (Grant, error) {
	c.storing.Lock()
	defer c.storing.Unlock()
	var grant Grant
	there, err := c.store.read("link", link, &grant)
	if err == nil && !there {
		err = &Trouble{Result: "needs_reauth", Code: "not_connected"}
	} else if err == nil && grant.Ended != "" {
		err = &Trouble{Result: "needs_reauth", Code: grant.Ended}
	}
	return grant, err
}

func either(err error, trouble *Trouble) error {
	if err != nil {
		return err
	}
	return trouble
}

func min(a, b float64) float64 {
	if a < b {
		return a
	}
	return b
}
