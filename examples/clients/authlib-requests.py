"""An app by authlib's client for requests, as its documentation shows it: PKCE, automatic refresh with `update_token`."""

import sys
from urllib.parse import urlencode

import authlib
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

from shell import NOT_CONNECTED, Store, answered, failed_call, failed_callback, link_of, serve, status_of

AUTH_METHODS = {"basic": "client_secret_basic", "none": "none"}


def start(env):
    store = Store(env["storeDir"])
    method = AUTH_METHODS.get(env["clientAuth"], "client_secret_post")
    # Mekari's page: the same scope with each token request
    wanted = {"scope": " ".join(env["scopes"])} if env["provider"] == "mekari" else {}

    def session(**given):
        return OAuth2Session(
            env["clientId"],
            env.get("clientSecret"),
            scope=" ".join(env["scopes"]),
            redirect_uri=env["redirectUri"],
            token_endpoint=env["tokenUrl"],
            token_endpoint_auth_method=method,
            revocation_endpoint_auth_method=method,
            code_challenge_method="S256" if env["pkce"] else None,
            default_timeout=env["requestTimeoutMs"] / 1000,
            **given,
        )

    def begin(request):
        verifier = generate_token(48) if env["pkce"] else None
        url, state = session().create_authorization_url(env["authorizeUrl"], code_verifier=verifier)
        store.set("session " + request["session"], {"link": link_of(request), "state": state, "verifier": verifier})
        return {"url": url}

    def callback(request):
        begun = store.get("session " + request["session"])
        if begun is None:
            return {"outcome": "rejected", "code": "no_session"}
        try:
            token = session().fetch_token(
                env["tokenUrl"],
                authorization_response=request["url"],
                state=begun.get("state"),
                code_verifier=begun.get("verifier"),
                **wanted,
            )
            store.set(link_of(begun), token)
            return {"outcome": "connected"}
        except Exception as error:
            return failed_callback(error)

    def linked(link):
        def update(token, refresh_token=None, access_token=None):
            store.set(link, token)

        return session(token=store.get(link), update_token=update)

    def call(request):
        if store.get(link_of(request)) is None:
            return NOT_CONNECTED
        try:
            oauth = linked(link_of(request))
            return answered(oauth.request(request.get("method", "GET"), env["apiUrl"], data=request.get("body")))
        except Exception as error:
            return failed_call(error)

    def disconnect(request):
        link = link_of(request)
        token = (store.get(link) or {}).get("refresh_token")
        if "revokeUrl" not in env:
            store.set(link, None)
            return {"result": "removed"}
        # Finexer's page: the refresh token by its own name
        body = urlencode({"refresh_token": token}) if env["provider"] == "finexer" else None
        try:
            response = linked(link).revoke_token(env["revokeUrl"], token, "refresh_token", body=body)
        except Exception as error:
            print(error, file=sys.stderr)
            return {"result": "pending"}
        if not response.ok:
            return {"result": "pending"}
        store.set(link, None)
        return {"result": "revoked"}

    def status(request):
        return status_of(store.get(link_of(request)))

    ops = {"begin": begin, "callback": callback, "call": call, "disconnect": disconnect, "status": status}
    return ops, {"pkce": True, "revoke": "revokeUrl" in env}


serve("authlib", authlib.__version__, start)
