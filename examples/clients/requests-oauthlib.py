"""An app by requests-oauthlib, as its documentation shows it: web application flow, automatic refresh with an updater."""

import base64
import hashlib
import os
import secrets
from urllib.parse import urlsplit

import requests_oauthlib
from requests_oauthlib import OAuth2Session

from shell import NOT_CONNECTED, Store, answered, failed_call, failed_callback, link_of, serve, status_of


def start(env):
    if env["provider"] == "finexer":
        os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # it answers with commas
    if urlsplit(env["tokenUrl"]).hostname in ("localhost", "127.0.0.1", "::1"):
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # the mock's http
    store = Store(env["storeDir"])
    timeout = env["requestTimeoutMs"] / 1000
    client_id, secret = env["clientId"], env.get("clientSecret")
    basic = env["clientAuth"] == "basic"
    in_body = {} if basic else {"client_id": client_id, **({"client_secret": secret} if secret else {})}
    # Mekari's page: the same scope with each token request
    wanted = {"scope": " ".join(env["scopes"])} if env["provider"] == "mekari" else {}

    def session(**given):
        return OAuth2Session(client_id, redirect_uri=env["redirectUri"], scope=env["scopes"], **given)

    def begin(request):
        verifier = secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        pkce = {"code_challenge": challenge, "code_challenge_method": "S256"} if env["pkce"] else {}
        url, state = session().authorization_url(env["authorizeUrl"], **pkce)
        store.set("session " + request["session"], {"link": link_of(request), "state": state, "verifier": verifier})
        return {"url": url}

    def callback(request):
        begun = store.get("session " + request["session"])
        if begun is None:
            return {"outcome": "rejected", "code": "no_session"}
        try:
            token = session(state=begun.get("state")).fetch_token(
                env["tokenUrl"],
                authorization_response=request["url"],
                client_secret=secret,
                include_client_id=None if basic else True,
                timeout=timeout,
                **({"code_verifier": begun.get("verifier")} if env["pkce"] else {}),
                **wanted,
            )
            store.set(link_of(begun), token)
            return {"outcome": "connected"}
        except Exception as error:
            return failed_callback(error)

    def call(request):
        link = link_of(request)
        token = store.get(link)
        if token is None:
            return NOT_CONNECTED
        oauth = session(
            token=token,
            auto_refresh_url=env["tokenUrl"],
            auto_refresh_kwargs=in_body,
            token_updater=lambda token: store.set(link, token),
        )
        method, body = request.get("method", "GET"), request.get("body")
        credentials = {"client_id": client_id, "client_secret": secret} if basic else {}
        try:
            return answered(oauth.request(method, env["apiUrl"], data=body, timeout=timeout, **credentials))
        except Exception as error:
            return failed_call(error)

    def status(request):
        return status_of(store.get(link_of(request)))

    return {"begin": begin, "callback": callback, "call": call, "status": status}, {"pkce": True}


serve("requests-oauthlib", requests_oauthlib.__version__, start)
