# A client of Mercado Pago by requests-oauthlib.
import json
import os

import requests
from requests_oauthlib import OAuth2Session

secrets = {
    "client_id": os.environ["MERCADO_PAGO_2024_CLIENT_ID"],
    "client_secret": os.environ["MERCADO_PAGO_2024_CLIENT_SECRET"],
}
token_url = "https://api.mercadopago.com/oauth/token"

session = OAuth2Session(secrets["client_id"], redirect_uri=os.environ["MERCADO_PAGO_2024_REDIRECT_URI"])
# People come back to a page of ours over HTTPS; here it is this machine.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
url, _ = session.authorization_url("https://auth.mercadopago.com/authorization")
visit = requests.get(url, allow_redirects=False)
session.fetch_token(token_url, authorization_response=visit.headers["Location"], include_client_id=True, **{
    "client_secret": secrets["client_secret"]
})
session.refresh_token(token_url, **secrets)
me = session.get("https://api.mercadopago.com/users/me")
print(json.dumps({"status": me.status_code, "me": me.json()}))
