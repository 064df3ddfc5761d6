new() { curl -H 'Content-Type: application/json' "http://127.0.0.1:4420/_mock/$1" -d "$2"; }
new users '{"role":"employee"}'          # one who may not connect anything at Mercury
new clients '{"provider":"standard","jwks":{"keys":['"$PUBLIC_JWK"']},"idTokenAlgorithm":"ES256"}'   # private_key_jwt, no secret
new clients '{"provider":"mercury","public":true,"redirectUris":["http://127.0.0.1/callback"]}'   # PKCE, no secret, any port
