"""What the Python drivers of this folder share: the lines of protocol 1, a file for tokens, and the words for what went wrong."""

import json
import os
import sys
import threading
import time

import requests

REFUSED_HERE = ("mismatching_state", "missing_code")
# As the provider says it, and as authlib does of a token that is over and has no refresh token.
DEAD = ("invalid_grant", "token_invalid")


def serve(library, version, start):
    """Answers one line after the other, each in a thread of its own, until there are no more.

    `start` takes the env and returns the ops by name, and the features.
    """
    ops = {}
    writing = threading.Lock()

    def say(line):
        with writing:
            print(json.dumps(line), flush=True)

    def answer(request):
        op = request["op"]
        try:
            if op == "start":
                advance({"seconds": -ahead})
                print(library, "as client", request["env"]["clientId"], file=sys.stderr)
                made, features = start(request["env"])
                ops.clear()
                ops.update(advance=advance, **made)
                features = {"concurrent": True, "clock": True, "multiLink": True, "again": True, **features}
                facts = {"client": library, "version": version, "language": "python", "ops": list(ops)}
                say({"id": request["id"], "ok": {**facts, "features": features}})
            elif op in ops:
                say({"id": request["id"], "ok": ops[op](request)})
            else:
                say({"id": request["id"], "error": {"kind": "unsupported", "message": f"There is no {op} here."}})
        except Exception as error:
            # Whoever begins no login refuses what it was told at its start.
            kind = "configuration" if op == "begin" else "failed"
            say({"id": request["id"], "error": {"kind": kind, "message": repr(error)}})

    for line in sys.stdin:
        threading.Thread(target=answer, args=[json.loads(line)]).start()


# Libraries that take no clock read `time.time`, which therefore goes ahead.
now = time.time
ahead = 0
time.time = lambda: now() + ahead


def advance(request):
    global ahead
    ahead += request["seconds"]
    return {}


class Store:
    """Reads and writes one JSON file; a value that is None is forgotten."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "store.json")
        self.lock = threading.Lock()

    def all(self):
        if not os.path.exists(self.path):
            return {}
        with open(self.path) as file:
            return json.load(file)

    def get(self, key):
        with self.lock:
            return self.all().get(key)

    def set(self, key, value):
        with self.lock:
            kept = {**self.all(), key: value}
            opened = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(opened, "w") as file:
                json.dump({key: value for key, value in kept.items() if value is not None}, file)


def link_of(request):
    return request.get("link", "default")


# A call where there are no tokens.
NOT_CONNECTED = {"result": "needs_reauth", "code": "not_connected"}


def answered(response):
    """What an app makes of the API's answer."""
    return {"result": "ok", "status": response.status_code} if response.ok else failed(status=response.status_code)


def failed_call(error):
    """What an app makes of an error of its library."""
    print(error, file=sys.stderr)
    response = getattr(error, "response", None)
    if response is not None:
        return failed(status=response.status_code)
    if isinstance(error, requests.RequestException):
        return {"result": "transient"}
    return failed(code=code_of(error))


def code_of(error):
    """An OAuth error code; some APIs have an object in its place."""
    code = getattr(error, "error", None)
    return code if isinstance(code, str) else None


def failed(code=None, status=None):
    later = status is not None and (status >= 500 or status == 429)
    result = "transient" if later else "needs_reauth" if code in DEAD else "error"
    return {"result": result, **({"code": code} if code else {}), **({"status": status} if status else {})}


def failed_callback(error):
    """The same at a callback."""
    print(error, file=sys.stderr)
    code = code_of(error)
    outcome = "denied" if code == "access_denied" else "rejected" if code in REFUSED_HERE else "failed"
    return {"outcome": outcome, **({"code": code} if code else {})}


def as_told(value):
    """The protocol's readers lose digits of greater whole numbers."""
    return str(value) if isinstance(value, int) and abs(value) > 2**53 else value


def status_of(token):
    """What an app knows of a link by its token, which is the provider's answer and `expires_at`."""
    if token is None:
        return {"state": "disconnected"}
    oauth = ("access_token", "token_type", "refresh_token", "id_token", "expires_in", "expires_at", "scope")
    account = {name: as_told(value) for name, value in token.items() if name not in oauth}
    scopes = token.get("scope")
    scopes = scopes.split(" ") if isinstance(scopes, str) else scopes
    told = {"scopes": scopes} if scopes else {}
    return {"state": "connected", "account": account, "expiresAt": token.get("expires_at"), **told}
