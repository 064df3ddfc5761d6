#!/bin/sh
# A client of Mekari by curl.
set -eu

token() {
  curl --silent --fail-with-body https://account.mekari.com/auth/oauth2/token \
    --data "client_id=$MEKARI_CLIENT_ID" --data "client_secret=$MEKARI_CLIENT_SECRET" --data scope=esign "$@"
}
member() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }

to=$(curl --silent --output /dev/null --write-out '%{redirect_url}' \
  "https://account.mekari.com/auth?client_id=$MEKARI_CLIENT_ID&response_type=code&scope=esign")
code=${to##*code=}
refresh_token=$(token --data grant_type=authorization_code --data "code=${code%%&*}" | member refresh_token)
access_token=$(token --data grant_type=refresh_token --data "refresh_token=$refresh_token" | member access_token)
curl --silent --write-out '\n%{http_code}\n' https://api.mekari.com/v1/me --header "Authorization: Bearer $access_token"
