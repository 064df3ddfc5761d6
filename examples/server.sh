trap 'kill $!' EXIT
# #start
npx mock-oauth serve --provider mekari --redirect-uri http://localhost:8080/oauth/callback &
npx mock-oauth wait
eval "$(npx mock-oauth env mekari)"      # MEKARI_CLIENT_ID, MEKARI_TOKEN_URL, …
# #end

# The browser of a person who approves.
asked="$MEKARI_AUTHORIZE_URL?client_id=$MEKARI_CLIENT_ID&response_type=code&scope=esign"
back=$(curl --silent "$MEKARI_BASE_URL/../_mock/authorize" --json '{"url":"'"$asked"'"}')
CODE=$(expr "$back" : '.*code=\([^"&]*\)')

exchange() {
# #exchange
curl --location --request POST "$MEKARI_TOKEN_URL" \
  --header 'Content-Type: application/json' \
  --data-raw '{"client_id":"'$MEKARI_CLIENT_ID'","client_secret":"'$MEKARI_CLIENT_SECRET'","grant_type":"authorization_code","code":"'$CODE'","scope":"esign"}'
# #end
}
tokens=$(exchange)
echo "$tokens"
ACCESS_TOKEN=$(expr "$tokens" : '.*"access_token":"\([^"]*\)')

# #later
npx mock-oauth clock advance 61m
curl --header "Authorization: Bearer $ACCESS_TOKEN" "$MEKARI_API_URL"     # 401
npx mock-oauth explain                   # why the last refused request was refused, and what its token has lived through
npx mock-oauth requests                  # each request; with --follow as it comes
npx mock-oauth grants                    # what is connected; name a grant to see the family tree of its tokens
npx mock-oauth revoke                    # the same; name a grant to end it
# #end
