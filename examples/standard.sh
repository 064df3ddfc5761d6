eval "$(npx mock-oauth env standard)"             # STANDARD_ISSUER and all that discovery names
as_client() { curl -s -u "$STANDARD_CLIENT_ID:$STANDARD_CLIENT_SECRET" "$@"; }
as_client "$STANDARD_DEVICE_AUTHORIZATION_URL" -d scope=openid      # open its verification_uri_complete
as_client "$STANDARD_PUSHED_REQUEST_URL" -d response_type=code -d scope=openid -d "redirect_uri=$STANDARD_REDIRECT_URI" \
  -d code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM -d code_challenge_method=S256
as_client "$STANDARD_INTROSPECT_URL" -d "token=$(npx mock-oauth token standard)"
npx mock-oauth keys rotate standard               # ID tokens name a new kid
