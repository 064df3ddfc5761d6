# A client of Mekari by requests.
import json
import os
from urllib.parse import parse_qs, urlparse

import requests

client = {
    "client_id": os.environ["MEKARI_CLIENT_ID"],
    "client_secret": os.environ["MEKARI_CLIENT_SECRET"],
    "scope": "esign",
}


def token(**grant):
    answer = requests.post("https://account.mekari.com/auth/oauth2/token", json={**client, **grant})
    answer.raise_for_status()
    return answer.json()


asked = {"client_id": client["client_id"], "response_type": "code", "scope": "esign"}
visit = requests.get("https://account.mekari.com/auth", params=asked, allow_redirects=False)
(code,) = parse_qs(urlparse(visit.headers["Location"]).query)["code"]
first = token(grant_type="authorization_code", code=code)
second = token(grant_type="refresh_token", refresh_token=first["refresh_token"])
me = requests.get("https://api.mekari.com/v1/me", headers={"Authorization": f"Bearer {second['access_token']}"})
print(json.dumps({"status": me.status_code, "me": me.json()}))
