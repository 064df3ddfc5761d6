// A client of Mercado Pago by golang.org/x/oauth2.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"golang.org/x/oauth2"
)

func main() {
	config := oauth2.Config{
		ClientID:     os.Getenv("MERCADO_PAGO_2024_CLIENT_ID"),
		ClientSecret: os.Getenv("MERCADO_PAGO_2024_CLIENT_SECRET"),
		RedirectURL:  os.Getenv("MERCADO_PAGO_2024_REDIRECT_URI"),
		Endpoint: oauth2.Endpoint{
			AuthURL:   "https://auth.mercadopago.com/authorization",
			TokenURL:  "https://api.mercadopago.com/oauth/token",
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}
	background := context.Background()

	visit, err := http.DefaultTransport.RoundTrip(must(http.NewRequest("GET", config.AuthCodeURL("a-state-of-ours"), nil)))
	check(err)
	back, err := visit.Location()
	check(err)
	token, err := config.Exchange(background, back.Query().Get("code"))
	check(err)

	// As if its time were over: the client refreshes by itself.
	token.Expiry = time.Now().Add(-time.Minute)
	answer, err := config.Client(background, token).Get("https://api.mercadopago.com/users/me")
	check(err)
	var me map[string]any
	check(json.NewDecoder(answer.Body).Decode(&me))
	printed, err := json.Marshal(map[string]any{"status": answer.StatusCode, "me": me})
	check(err)
	fmt.Println(string(printed))
}

func must(request *http.Request, err error) *http.Request {
	check(err)
	return request
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
