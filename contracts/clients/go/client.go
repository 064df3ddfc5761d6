package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Env is what the client is told at its start.
type Env struct {
	Provider, AuthorizeURL, TokenURL, RevokeURL, APIURL, Issuer string
	ClientID, ClientSecret, RedirectURI, ClientAuth, BodyFormat string
	StoreDir                                                    string
	Scopes                                                      []string
	PKCE                                                        bool
	RequestTimeoutMs                                            int
}

// Client connects accounts by the authorization code grant, keeps their tokens alive, and calls the API.
type Client struct {
	env   Env
	log   func(string, ...any)
	wire  *Wire
	store *Store
	// Over whoever reads the store and then writes.
	storing sync.Mutex
	// Over what follows.
	mutex        sync.Mutex
	flights      map[string]*flight
	apiClosed    map[string]float64
	failedLogins map[string][]float64
}

// Login is what is stored from `begin` to the callback.
type Login struct {
	Session, Link, Scope, RedirectURI, Verifier string
	// Which server the login went to.
	Server string
	At     float64
}

// Result is what came of it, in the words of the protocol.
type Result map[string]any

// RefusedConfiguration says that the client does not work with such an env.
type RefusedConfiguration struct{ words string }

func (r RefusedConfiguration) Error() string { return r.words }

func newClient(env Env, log func(string, ...any)) (*Client, error) {
	for name, to := range map[string]string{
		"authorizeUrl": env.AuthorizeURL, "tokenUrl": env.TokenURL, "apiUrl": env.APIURL, "revokeUrl": env.RevokeURL,
	} {
		if to != "" && !safe(to) {
			return nil, RefusedConfiguration{name + " has to be https"}
		}
	}
	store, err := openStore(env.StoreDir)
	wire := newWire(time.Duration(env.RequestTimeoutMs) * time.Millisecond)
	log("client %s of %s starts", env.ClientID, env.Provider)
	return &Client{
		env: env, log: log, wire: wire, store: store,
		flights: map[string]*flight{}, apiClosed: map[string]float64{}, failedLogins: map[string][]float64{},
	}, err
}

func now() float64 { return float64(time.Now().UnixMilli()) / 1000 }

func random() string {
	bytes := make([]byte, 32)
	if _, err := rand.Read(bytes); err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(bytes)
}

func (c *Client) begin(session, link string) (Result, error) {
	env, state := c.env, random()
	at, err := url.Parse(env.AuthorizeURL)
	if err != nil {
		return nil, err
	}
	login := Login{Session: session, Link: link, Scope: strings.Join(env.Scopes, " "), At: now()}
	login.Server = env.AuthorizeURL
	query := at.Query()
	query.Set("response_type", "code")
	query.Set("client_id", env.ClientID)
	query.Set("scope", login.Scope)
	query.Set("state", state)
	if env.Provider != "mekari" && env.Provider != "finexer" {
		login.RedirectURI = env.RedirectURI
		query.Set("redirect_uri", env.RedirectURI)
	}
	if env.PKCE {
		login.Verifier = random()
		digest := sha256.Sum256([]byte(login.Verifier))
		query.Set("code_challenge", base64.RawURLEncoding.EncodeToString(digest[:]))
		query.Set("code_challenge_method", "S256")
	}
	if env.Provider == "mercado-pago" && !query.Has("platform_id") {
		query.Set("platform_id", "mp")
	}
	at.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20")
	c.storing.Lock()
	defer c.storing.Unlock()
	c.log("login of %s begins for %s", session, link)
	return Result{"url": at.String()}, c.store.write("login", state, login)
}

// The same callback twice at once is one.
func (c *Client) callback(session, address string) (Result, error) {
	work := func() (any, error) { return c.finish(session, address) }
	came, err := c.once(context.Background(), "callback\x00"+session+"\x00"+address, work)
	if err != nil {
		return nil, err
	}
	answer := came.(Result)
	c.log("login of %s: %v", session, answer)
	return answer, nil
}

func refused(code string) (Result, error) { return Result{"outcome": "rejected", "code": code}, nil }

func (c *Client) finish(session, address string) (Result, error) {
	at, err := url.Parse(address)
	if err != nil {
		return refused("unreadable_callback")
	}
	query := at.Query()
	for _, name := range []string{"state", "code", "error", "iss"} {
		if len(query[name]) > 1 {
			return refused("repeated_parameter")
		}
	}
	login, err := c.takeLogin(session, query.Get("state"))
	iss, problem := query.Get("iss"), query.Get("error")
	switch {
	case err != nil:
		return nil, err
	case login == nil:
		return refused("state_unknown")
	case now()-login.At > 86_400:
		return refused("login_expired")
	case login.Server != c.env.AuthorizeURL:
		return refused("another_server")
	case c.env.Issuer != "" && iss != c.env.Issuer && (iss != "" || c.env.Provider == "standard" && problem == ""):
		return refused("issuer_mismatch")
	case problem == "access_denied":
		return Result{"outcome": "denied", "code": problem}, nil
	case problem != "":
		return Result{"outcome": "failed", "code": plain(problem)}, nil
	case query.Get("code") == "":
		return refused("code_missing")
	}
	return c.exchange(session, *login, query.Get("code"))
}

// What was begun in this session with this state; a second time there is nothing.
func (c *Client) takeLogin(session, state string) (*Login, error) {
	c.storing.Lock()
	defer c.storing.Unlock()
	var login Login
	there, err := c.store.read("login", state, &login)
	if err != nil || !there || login.Session != session {
		return nil, err
	}
	return &login, c.store.remove("login", state)
}

func (c *Client) exchange(session string, login Login, code string) (Result, error) {
	if c.failuresOf(session) >= 10 {
		return refused("too_many_failed_logins")
	}
	asked := url.Values{"grant_type": {"authorization_code"}, "code": {code}}
	if login.RedirectURI != "" {
		asked.Set("redirect_uri", login.RedirectURI)
	}
	if c.env.Provider == "mekari" {
		asked.Set("scope", login.Scope)
	}
	if login.Verifier != "" {
		asked.Set("code_verifier", login.Verifier)
	}
	grant, err := c.granted(asked, Grant{Asked: login.Scope, Scopes: strings.Fields(login.Scope)})
	var trouble *Trouble
	if errors.As(err, &trouble) && trouble.Result == "error" {
		c.mutex.Lock()
		c.failedLogins[session] = append(c.failedLogins[session], now())
		c.mutex.Unlock()
	}
	if err != nil {
		return Result{"outcome": "failed", "code": err.Error()}, nil
	}
	c.storing.Lock()
	defer c.storing.Unlock()
	var known Grant
	if _, err := c.store.read("link", login.Link, &known); err != nil {
		return nil, err
	}
	for _, name := range accountIDs {
		old, new := known.Account[name], grant.Account[name]
		if old != nil && new != nil && fmt.Sprint(old) != fmt.Sprint(new) {
			return refused("account_mismatch")
		}
	}
	for name, value := range known.Account {
		if grant.Account[name] == nil {
			grant.Account[name] = value
		}
	}
	c.log("granted to %s: %s; asked for: %s", login.Link, plain(strings.Join(grant.Scopes, " ")), login.Scope)
	c.mutex.Lock()
	delete(c.failedLogins, session)
	c.mutex.Unlock()
	return Result{"outcome": "connected"}, c.store.write("link", login.Link, grant)
}

// Logins of a session that the provider refused within the last ten minutes.
func (c *Client) failuresOf(session string) int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	count := 0
	for _, at := range c.failedLogins[session] {
		if now()-at < 600 {
			count++
		}
	}
	return count
}

func (c *Client) call(ctx context.Context, link, method string, body *string) Result {
	status, err := c.askAPI(ctx, link, method, body)
	if err == nil {
		return Result{"result": "ok", "status": status}
	}
	trouble := &Trouble{Result: "error", Code: "store_failed"}
	if !errors.As(err, &trouble) {
		c.log("the store cannot be used: %v", err)
	}
	c.log("call for %s: %s %s", link, trouble.Result, trouble.Code)
	answer := Result{"result": trouble.Result, "code": trouble.Code}
	if trouble.Status != 0 {
		answer["status"] = trouble.Status
	}
	return answer
}

func (c *Client) askAPI(ctx context.Context, link, method string, body *string) (int, error) {
	grant, err := c.usable(link)
	if err != nil {
		return 0, err
	}
	c.mutex.Lock()
	closed := now() < c.apiClosed[link]
	c.mutex.Unlock()
	if closed {
		return 0, &Trouble{Result: "transient", Code: "http_429", Status: 429}
	}
	refreshed := false
	if grant.RefreshAt != 0 && now() >= grant.RefreshAt {
		fresh, err := c.refresh(ctx, link, grant.AccessToken)
		var trouble *Trouble
		if err == nil {
			grant, refreshed = fresh, true
		} else if !errors.As(err, &trouble) || trouble.Result == "needs_reauth" || now() >= grant.ExpiresAt {
			return 0, err
		}
	}
	var sent []byte
	if body != nil {
		sent = []byte(*body)
	}
	for {
		headers := map[string]string{"Authorization": "Bearer " + grant.AccessToken}
		answer, err := c.wire.send(ctx, method, c.env.APIURL, headers, sent)
		switch {
		case err != nil:
			return 0, err
		case answer.status == 401 && !refreshed:
			if grant, err = c.refresh(ctx, link, grant.AccessToken); err != nil {
				return 0, err
			}
			refreshed = true
		case answer.status == 429:
			c.mutex.Lock()
			c.apiClosed[link] = now() + min(answer.retryAfter(), longestWait)
			c.mutex.Unlock()
			return 0, &Trouble{Result: "transient", Code: answer.code(), Status: answer.status}
		case answer.status >= 500:
			return 0, &Trouble{Result: "transient", Code: answer.code(), Status: answer.status}
		case answer.status >= 300:
			return 0, &Trouble{Result: "error", Code: answer.code(), Status: answer.status}
		default:
			return answer.status, nil
		}
	}
}

func (c *Client) status(link string) (Result, error) {
	c.storing.Lock()
	defer c.storing.Unlock()
	var grant Grant
	there, err := c.store.read("link", link, &grant)
	if !there || grant.Ended == "disconnecting" {
		return Result{"state": "disconnected"}, err
	}
	answer := Result{"state": "connected", "scopes": grant.Scopes, "account": grant.Account, "expiresAt": nil}
	if grant.Ended != "" {
		answer["state"] = "needs_reauth"
	}
	if grant.ExpiresAt != 0 {
		answer["expiresAt"] = int64(grant.ExpiresAt)
	}
	return answer, nil
}
