// An app by golang.org/x/oauth2, as its package documentation shows it: the client that Config.Client makes refreshes by itself.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"log"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

type app struct {
	env     env
	config  oauth2.Config
	store   store
	clock   clock
	mutex   sync.Mutex
	clients map[string]*http.Client
}

type begun struct{ Link, State, Verifier string }

func newApp(given env) *app {
	style := oauth2.AuthStyleInParams
	if given.ClientAuth == "basic" {
		style = oauth2.AuthStyleInHeader
	}
	return &app{
		env: given,
		config: oauth2.Config{
			ClientID:     given.ClientID,
			ClientSecret: given.ClientSecret,
			RedirectURL:  given.RedirectURI,
			Scopes:       given.Scopes,
			Endpoint:     oauth2.Endpoint{AuthURL: given.AuthorizeURL, TokenURL: given.TokenURL, AuthStyle: style},
		},
		store:   store{given.StoreDir, &sync.Mutex{}},
		clients: map[string]*http.Client{},
	}
}

func (a *app) context() context.Context {
	client := &http.Client{Timeout: time.Duration(a.env.RequestTimeoutMs) * time.Millisecond}
	return context.WithValue(context.Background(), oauth2.HTTPClient, client)
}

func (a *app) begin(asked request) any {
	one := begun{asked.Link, random(), random()}
	a.store.set("session "+asked.Session, one)
	var options []oauth2.AuthCodeOption
	if a.env.PKCE {
		hash := sha256.Sum256([]byte(one.Verifier))
		challenge := base64.RawURLEncoding.EncodeToString(hash[:])
		options = append(options,
			oauth2.SetAuthURLParam("code_challenge", challenge), oauth2.SetAuthURLParam("code_challenge_method", "S256"))
	}
	return map[string]any{"url": a.config.AuthCodeURL(one.State, options...)}
}

func (a *app) callback(asked request) any {
	var one begun
	a.store.get("session "+asked.Session, &one)
	back, err := url.Parse(asked.URL)
	if err != nil || one.State == "" || back.Query().Get("state") != one.State {
		return told("rejected", "state")
	}
	var options []oauth2.AuthCodeOption
	if a.env.PKCE {
		options = append(options, oauth2.SetAuthURLParam("code_verifier", one.Verifier))
	}
	if a.env.Provider == "mekari" { // its page: the same scope with each token request
		options = append(options, oauth2.SetAuthURLParam("scope", strings.Join(a.env.Scopes, " ")))
	}
	token, err := a.config.Exchange(a.context(), back.Query().Get("code"), options...)
	if err != nil {
		log.Print(err)
		return told("failed", codeOf(err))
	}
	kept := *token
	kept.Expiry = a.clock.told(kept.Expiry)
	a.store.set(one.Link, kept)
	a.forget(one.Link)
	return map[string]any{"outcome": "connected"}
}

func (a *app) call(asked request) any {
	if a.token(asked.Link) == nil {
		return map[string]any{"result": "needs_reauth", "code": "not_connected"}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(a.env.RequestTimeoutMs)*time.Millisecond)
	defer cancel()
	method := asked.Method
	if method == "" {
		method = "GET"
	}
	call, err := http.NewRequestWithContext(ctx, method, a.env.APIURL, strings.NewReader(asked.Body))
	if err != nil {
		return map[string]any{"result": "error"}
	}
	response, err := a.client(asked.Link).Do(call)
	if err != nil {
		log.Print(err)
		return failed(codeOf(err), statusOf(err), isNetwork(err))
	}
	defer response.Body.Close()
	if response.StatusCode < 300 {
		return map[string]any{"result": "ok", "status": response.StatusCode}
	}
	return failed("", response.StatusCode, false)
}

// The client of a link, which keeps its token; made from what the store has when there is none yet.
func (a *app) client(link string) *http.Client {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.clients[link] == nil {
		token := a.token(link)
		token.Expiry = a.clock.real(token.Expiry)
		// What Config.Client does, where the clock can move what it does.
		a.clients[link] = oauth2.NewClient(a.context(), a.clock.watch(a.config.TokenSource(a.context(), token)))
	}
	return a.clients[link]
}

func (a *app) forget(link string) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	delete(a.clients, link)
}

// The token that the store has of a link, if it has one.
func (a *app) token(link string) *oauth2.Token {
	var token *oauth2.Token
	a.store.get(link, &token)
	return token
}

func (a *app) status(asked request) any {
	token := a.token(asked.Link)
	if token == nil {
		return map[string]any{"state": "disconnected"}
	}
	told := map[string]any{"state": "connected", "expiresAt": nil}
	if !token.Expiry.IsZero() {
		told["expiresAt"] = token.Expiry.Unix()
	}
	return told
}
