package main

import (
	"context"
	"errors"
	"net/url"
	"strings"
)

// Nothing is called with the tokens from here on; they are forgotten once the provider has answered.
func (c *Client) disconnect(link string) (Result, error) {
	c.await("refresh\x00" + link + "\x00")
	grant, there, err := c.closeLink(link)
	if err != nil || !there {
		return Result{"result": "removed", "code": "not_connected"}, err
	}
	answer := Result{"result": "removed"}
	if grant.AccessToken != "" && c.env.RevokeURL != "" {
		if answer, err = c.revoke(link, grant); err != nil {
			return nil, err
		}
	}
	c.log("disconnecting %s: %s", link, answer["result"])
	if answer["result"] == "pending" {
		return answer, nil
	}
	c.storing.Lock()
	defer c.storing.Unlock()
	var stored Grant
	if there, err := c.store.read("link", link, &stored); err != nil || !there || stored.Ended == "" {
		return answer, err
	}
	return answer, c.store.remove("link", link)
}

// Waits for work that is under way.
func (c *Client) await(prefix string) {
	var waiting []*flight
	c.mutex.Lock()
	for key, one := range c.flights {
		if strings.HasPrefix(key, prefix) {
			waiting = append(waiting, one)
		}
	}
	c.mutex.Unlock()
	for _, one := range waiting {
		<-one.done
	}
}

func (c *Client) closeLink(link string) (grant Grant, there bool, err error) {
	c.storing.Lock()
	defer c.storing.Unlock()
	there, err = c.store.read("link", link, &grant)
	if err == nil && there && grant.AccessToken != "" {
		grant.Ended = "disconnecting"
		err = c.store.write("link", link, grant)
	}
	return grant, there, err
}

func (c *Client) revoke(link string, grant Grant) (Result, error) {
	if now() < grant.RevokeAt {
		return Result{"result": "pending", "code": "not_yet"}, nil
	}
	token := grant.RefreshToken
	if token == "" {
		token = grant.AccessToken
	}
	to := c.env.RevokeURL
	var answer *Answer
	var err error
	switch c.env.Provider {
	case "mekari":
		headers := map[string]string{"Authorization": "Bearer " + grant.AccessToken}
		answer, err = c.wire.send(context.Background(), "DELETE", to, headers, nil)
	case "finexer":
		answer, err = c.post(to, url.Values{"refresh_token": {token}})
	default:
		answer, err = c.post(to, url.Values{"token": {token}})
	}
	if err == nil && answer.status >= 200 && answer.status < 300 {
		return Result{"result": "revoked"}, nil
	}
	if err == nil {
		_, err = tokenAnswer(answer)
	}
	var trouble *Trouble
	if errors.As(err, &trouble) && trouble.Result == "error" {
		return Result{"result": "removed", "code": trouble.Code}, nil
	}
	later := grant
	if trouble != nil {
		later.RevokeAt = now() + min(trouble.Wait, longestWait)
	}
	_, failed := c.keep(link, grant, later)
	return Result{"result": "pending", "code": err.Error()}, failed
}
