package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

const (
	longestLife  = 3650 * 86_400
	longestPause = 300
	longestWait  = 3600
)

var (
	accountIDs  = []string{"user_id", "account_id"}
	account     = append(accountIDs, "public_key", "live_mode")
	tokenForm   = regexp.MustCompile(`^[\x21-\x7e]+$`)
	largestTold = math.Pow(2, 53) - 1
)

// Grant is what is stored of a link. Times are Unix seconds; 0 where nobody said.
type Grant struct {
	Asked        string
	Scopes       []string
	Account      map[string]any
	AccessToken  string
	RefreshToken string
	ExpiresAt    float64
	RefreshAt    float64
	Failures     int
	RetryAt      float64
	Failed       *Trouble
	RevokeAt     float64
	// Why a person has to connect again, or "disconnecting".
	Ended string
}

// The grant that a token request brings, over what was there before it.
func (c *Client) granted(asked url.Values, before Grant) (Grant, error) {
	at := now()
	answer, err := c.post(c.env.TokenURL, asked)
	if err != nil {
		return before, err
	}
	said, err := tokenAnswer(answer)
	if err != nil {
		return before, err
	}
	rotated, _ := said["refresh_token"].(string)
	access, _ := said["access_token"].(string)
	if !tokenForm.MatchString(access) {
		return before, &Trouble{Result: "error", Code: "no_access_token", Status: answer.status, Rotated: rotated}
	}
	if kind := said["token_type"]; kind != nil && !strings.EqualFold(fmt.Sprint(kind), "bearer") {
		return before, &Trouble{Result: "error", Code: "unknown_token_type", Status: answer.status, Rotated: rotated}
	}
	after := before
	after.AccessToken, after.Failures, after.RetryAt, after.ExpiresAt, after.RefreshAt = access, 0, 0, 0, 0
	if rotated != "" {
		after.RefreshToken = rotated
	}
	if life := lifetime(said["expires_in"]); life > 0 {
		after.ExpiresAt, after.RefreshAt = at+life, at+life*0.9
	}
	scope, _ := said["scope"].(string)
	if scopes := strings.FieldsFunc(scope, func(one rune) bool { return one == ' ' || one == ',' }); len(scopes) > 0 {
		after.Scopes = scopes
	}
	after.Account = map[string]any{}
	for name, value := range before.Account {
		after.Account[name] = value
	}
	for _, name := range account {
		if value := exact(said[name]); value != nil {
			after.Account[name] = value
		}
	}
	return after, nil
}

// A request that shows who the client is. Nobody can give it up: a token may be at stake.
func (c *Client) post(to string, asked url.Values) (*Answer, error) {
	fields := map[string]string{}
	for name := range asked {
		fields[name] = asked.Get(name)
	}
	headers := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	if c.env.ClientAuth == "basic" {
		pair := url.QueryEscape(c.env.ClientID) + ":" + url.QueryEscape(c.env.ClientSecret)
		headers["Authorization"] = "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
	}
	if c.env.ClientAuth == "body" || c.env.ClientAuth == "none" {
		fields["client_id"] = c.env.ClientID
	}
	if c.env.ClientAuth == "body" || c.env.ClientAuth == "secretOnly" {
		fields["client_secret"] = c.env.ClientSecret
	}
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	body := []byte(form.Encode())
	if c.env.BodyFormat == "json" {
		headers["Content-Type"] = "application/json"
		body, _ = json.Marshal(fields)
	}
	answer, err := c.wire.send(context.Background(), "POST", to, headers, body)
	if err == nil {
		// Never a body: there are secrets in both.
		c.log("%s answers %d %s", to, answer.status, plain(answer.header.Get("Content-Type")))
	}
	return answer, err
}

// What a good answer says. The status counts before the body.
func tokenAnswer(answer *Answer) (map[string]any, error) {
	status := answer.status
	if status == 429 || status < 200 || status >= 500 || status >= 300 && status < 400 {
		return nil, &Trouble{Result: "transient", Code: answer.code(), Status: status, Wait: answer.retryAfter()}
	}
	read, err := answer.json()
	said, _ := read.(map[string]any)
	if refusal := said["error"]; refusal != nil && refusal != "" && refusal != false {
		return nil, &Trouble{Result: "error", Code: plain(refusal), Status: status}
	}
	if status >= 400 {
		return nil, &Trouble{Result: "transient", Code: answer.code(), Status: status}
	}
	if err != nil {
		return nil, &Trouble{Result: "transient", Code: "not_json", Status: status}
	}
	return said, nil
}

// After a failed attempt. What the client itself did wrong may be mended soon; an outage may last.
func (g Grant) failed(trouble *Trouble) Grant {
	longest := 1.0
	if trouble.Result == "transient" {
		longest = longestPause
	}
	pause := math.Min(0.25*math.Pow(2, float64(g.Failures)), longest)
	g.Failures++
	g.RetryAt = now() + math.Max(pause, math.Min(trouble.Wait, longestWait))
	g.Failed = trouble
	if trouble.Rotated != "" {
		g.RefreshToken = trouble.Rotated
	}
	return g
}

// No token of it is of any use; whose it was is still known.
func (g Grant) ended(code string) Grant {
	g.Ended, g.AccessToken, g.RefreshToken = code, "", ""
	return g
}

// Seconds; 0 for what is no length of time.
func lifetime(said any) float64 {
	text, _ := said.(string)
	if number, ok := said.(json.Number); ok {
		text = number.String()
	}
	life, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || !(life > 0) || math.IsInf(life, 0) {
		return 0
	}
	return math.Min(life, longestLife)
}

// Whole numbers that not everyone can read are told as text.
func exact(said any) any {
	number, ok := said.(json.Number)
	if value, err := number.Float64(); ok && (err != nil || math.Abs(value) > largestTold) {
		return number.String()
	}
	return said
}
