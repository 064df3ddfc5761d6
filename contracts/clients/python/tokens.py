"""The token endpoint: how it is asked, and what its answers make of a grant. A grant is what is stored of a link."""

import base64
import json
import math
import re
from urllib.parse import quote_plus, urlencode, urlsplit

from wire import Trouble, plain, send

ACCOUNT_ID = ('user_id', 'account_id')
ACCOUNT = ACCOUNT_ID + ('public_key', 'live_mode')
LONGEST_LIFE = 3650 * 86_400
LONGEST_PAUSE = 300
LONGEST_WAIT = 3600


class TokenEndpoint:
    def __init__(self, env, now, log):
        self.env, self.now, self.log = env, now, log

    def granted(self, asked, before):
        """The grant that a token request brings, over what was there before it."""
        at = self.now()
        said = token_answer(self.post(self.env['tokenUrl'], asked))
        life, scope, rotated = lifetime(said.get('expires_in')), said.get('scope'), said.get('refresh_token')
        rotated = rotated if isinstance(rotated, str) and rotated else None
        access, kind = said.get('access_token'), said.get('token_type') or 'bearer'
        if not isinstance(access, str) or not re.fullmatch(r'[\x21-\x7e]+', access):
            raise Trouble('error', 'no_access_token', 200, rotated=rotated)
        if not isinstance(kind, str) or kind.lower() != 'bearer':
            raise Trouble('error', 'unknown_token_type', 200, rotated=rotated)
        account = {name: exact(said[name]) for name in ACCOUNT if said.get(name) is not None}
        return {
            **before,
            'access_token': access,
            'refresh_token': rotated or before['refresh_token'],
            'expires_at': at + life if life else None,
            'refresh_at': at + life * 0.9 if life else None,
            'scopes': re.split('[ ,]+', scope.strip()) if isinstance(scope, str) and scope.strip() else before['scopes'],
            'account': {**before['account'], **account},
            'failures': 0,
            'retry_at': 0,
        }

    def post(self, url, asked):
        env, headers = self.env, {'Accept': 'application/json'}
        if env['clientAuth'] == 'basic':
            pair = f'{quote_plus(env["clientId"])}:{quote_plus(env["clientSecret"])}'
            headers['Authorization'] = 'Basic ' + base64.b64encode(pair.encode()).decode()
        if env['clientAuth'] in ('body', 'none'):
            asked = {**asked, 'client_id': env['clientId']}
        if env['clientAuth'] in ('body', 'secretOnly'):
            asked = {**asked, 'client_secret': env['clientSecret']}
        as_json = env['bodyFormat'] == 'json'
        headers['Content-Type'] = 'application/json' if as_json else 'application/x-www-form-urlencoded'
        body = json.dumps(asked) if as_json else urlencode(asked)
        answer = self.send('POST', url, headers, body.encode())
        # Never a body: there are secrets in both.
        self.log(f'{urlsplit(url).path} answers {answer.status} {plain(answer.headers.get("Content-Type", "none"))}')
        return answer

    def send(self, method, url, headers, body=None):
        return send(method, url, headers, body, self.env['requestTimeoutMs'] / 1000)


def token_answer(answer):
    """What a good answer says. The status counts before the body."""
    try:
        said = answer.json()
    except ValueError:
        said = None
    code = f'http_{answer.status}'
    if answer.status == 429 or not 200 <= answer.status < 500 or 300 <= answer.status < 400:
        raise Trouble('transient', code, answer.status, answer.retry_after())
    if isinstance(said, dict) and said.get('error'):
        raise Trouble('error', plain(said['error']), answer.status)
    if answer.status >= 400:
        raise Trouble('transient', code, answer.status)
    if said is None and answer.body.strip() != b'null':
        raise Trouble('transient', 'not_json', answer.status)
    return said if isinstance(said, dict) else {}


def failed(grant, trouble, now):
    """What the client itself did wrong may be mended soon; an outage may last."""
    failures = grant['failures'] + 1
    pause = min(0.25 * 2 ** min(failures - 1, 12), LONGEST_PAUSE if trouble.result == 'transient' else 1)
    return {
        **grant,
        'refresh_token': trouble.rotated or grant['refresh_token'],
        'failures': failures,
        'retry_at': now + max(pause, min(trouble.wait, LONGEST_WAIT)),
        'failed': [trouble.result, trouble.code, trouble.status],
    }


def ended(grant, code):
    """No token of it is of any use; whose it was is still known."""
    return {**grant, 'ended': code, 'access_token': None, 'refresh_token': None}


def lifetime(said):
    """Seconds; None for what is no length of time."""
    try:
        life = float(said) if isinstance(said, (int, float, str)) and not isinstance(said, bool) else 0
    except (ValueError, OverflowError):
        return None
    return min(life, LONGEST_LIFE) if math.isfinite(life) and life > 0 else None


def exact(value):
    """Whole numbers that not everyone can read are told as text."""
    return str(value) if isinstance(value, int) and abs(value) > 2**53 - 1 else value
