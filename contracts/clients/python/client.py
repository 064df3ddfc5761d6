"""A careful OAuth client: connects accounts by the authorization code grant, keeps their tokens alive, calls the API."""

import base64
import hashlib
import secrets
import threading
import time
from concurrent.futures import Future
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from store import Store
from tokens import ACCOUNT_ID, LONGEST_WAIT, TokenEndpoint, ended, failed, token_answer
from wire import Trouble, plain, safe

WITHOUT_REDIRECT_URI = ('mekari', 'finexer')
NAMING_ISSUER = ('standard',)
# Mekari wants the scope as it was asked for, Mercury at most what was granted.
SCOPE_AT_REFRESH = ('mekari', 'mercury')
DAY = 86_400


class RefusedConfiguration(Exception):
    """This client does not work with such an env."""


class Client:
    ops = ['begin', 'callback', 'call', 'cancel', 'status', 'disconnect', 'advance']
    features = {'concurrent': True, 'multiLink': True, 'pkce': True, 'revoke': True, 'clock': True}

    def __init__(self, env, log):
        for name in ('authorizeUrl', 'tokenUrl', 'apiUrl', 'revokeUrl'):
            if name in env and not safe(env[name]):
                raise RefusedConfiguration(f'{name} has to be https')
        self.env, self.log, self.lock = env, log, threading.RLock()
        self.endpoint = TokenEndpoint(env, self.now, log)
        self.store = Store(env['storeDir'])
        self.moved = 0
        self.flights, self.api_closed_until, self.failed_logins = {}, {}, {}
        log(f'client {env["clientId"]} of {env["provider"]} starts')

    def now(self):
        return time.time() + self.moved

    def advance(self, seconds):
        self.moved += seconds

    # Logging in

    def begin(self, session, link='default'):
        env, state = self.env, secrets.token_urlsafe(32)
        login = {'session': session, 'link': link, 'scope': ' '.join(env['scopes']), 'at': self.now()}
        login['server'] = env['authorizeUrl']
        asked = {'response_type': 'code', 'client_id': env['clientId'], 'scope': login['scope'], 'state': state}
        if env['provider'] not in WITHOUT_REDIRECT_URI:
            asked['redirect_uri'] = login['redirect_uri'] = env['redirectUri']
        if env['pkce']:
            login['verifier'] = secrets.token_urlsafe(32)
            digest = hashlib.sha256(login['verifier'].encode()).digest()
            asked['code_challenge'] = base64.urlsafe_b64encode(digest).rstrip(b'=').decode()
            asked['code_challenge_method'] = 'S256'
        with self.lock:
            self.store.write('login', state, login)
        self.log(f'login of {session} begins for {link}')
        at = urlsplit(env['authorizeUrl'])
        kept = [(name, value) for name, value in parse_qsl(at.query, keep_blank_values=True) if name not in asked]
        if env['provider'] == 'mercado-pago' and 'platform_id' not in dict(kept):
            asked['platform_id'] = 'mp'
        return {'url': urlunsplit(at._replace(query=urlencode(kept + list(asked.items()), quote_via=quote)))}

    def callback(self, session, url):
        """The same callback twice at once is one."""
        answer = self.once(('callback', session, url), lambda: self.finish(session, url))
        self.log(f'login of {session}: {answer}')
        return answer

    def finish(self, session, url):
        try:
            query = parse_qs(urlsplit(url).query, keep_blank_values=True)
        except ValueError:
            return {'outcome': 'rejected', 'code': 'unreadable_callback'}
        if any(len(query.get(name, '')) > 1 for name in ('state', 'code', 'error', 'iss')):
            return {'outcome': 'rejected', 'code': 'repeated_parameter'}
        state, code, error, iss = (query.get(name, [''])[0] for name in ('state', 'code', 'error', 'iss'))
        with self.lock:
            login = self.store.read('login', state)
            if not login or login['session'] != session:
                return {'outcome': 'rejected', 'code': 'state_unknown'}
            self.store.remove('login', state)
        if self.now() - login['at'] > DAY:
            return {'outcome': 'rejected', 'code': 'login_expired'}
        if login['server'] != self.env['authorizeUrl']:
            return {'outcome': 'rejected', 'code': 'another_server'}
        issuer = self.env.get('issuer')
        if issuer and iss != issuer and (iss or self.env['provider'] in NAMING_ISSUER and not error):
            return {'outcome': 'rejected', 'code': 'issuer_mismatch'}
        if error:
            return {'outcome': 'denied' if error == 'access_denied' else 'failed', 'code': plain(error)}
        if not code:
            return {'outcome': 'rejected', 'code': 'code_missing'}
        return self.exchange(session, login, code)

    def exchange(self, session, login, code):
        failed = [at for at in self.failed_logins.get(session, []) if self.now() - at < 600]
        if len(failed) >= 10:
            return {'outcome': 'rejected', 'code': 'too_many_failed_logins'}
        asked = {'grant_type': 'authorization_code', 'code': code}
        if 'redirect_uri' in login:
            asked['redirect_uri'] = login['redirect_uri']
        if self.env['provider'] == 'mekari':
            asked['scope'] = login['scope']
        if 'verifier' in login:
            asked['code_verifier'] = login['verifier']
        fresh = {'asked': login['scope'], 'scopes': login['scope'].split(), 'account': {}, 'refresh_token': None}
        try:
            grant = self.endpoint.granted(asked, fresh)
        except Trouble as trouble:
            if trouble.result == 'error':
                self.failed_logins[session] = failed + [self.now()]
            return {'outcome': 'failed', 'code': trouble.code}
        with self.lock:
            known = (self.store.read('link', login['link']) or fresh)['account']
            if any(name in known and str(grant['account'].get(name, known[name])) != str(known[name]) for name in ACCOUNT_ID):
                return {'outcome': 'rejected', 'code': 'account_mismatch'}
            self.store.write('link', login['link'], {**grant, 'account': {**known, **grant['account']}})
        self.failed_logins.pop(session, None)
        self.log(f'granted to {login["link"]}: {plain(" ".join(grant["scopes"]))}; asked for: {login["scope"]}')
        return {'outcome': 'connected'}

    # Refreshing

    def refresh(self, link, used):
        """The grant with another access token than the one used: one request, however many ask."""
        return self.once(('refresh', link, used), lambda: self.refreshed(link, used))

    def refreshed(self, link, used):
        wait = self.usable(link).get('retry_at', 0) - self.now()
        if 0 < wait <= 1:
            time.sleep(wait)
        before = self.usable(link)
        if before['access_token'] != used:
            return before
        if not before['refresh_token']:
            self.keep(link, before, ended(before, 'no_refresh_token'))
            raise Trouble('needs_reauth', 'no_refresh_token')
        if 1 < before['retry_at'] - self.now() <= LONGEST_WAIT:
            raise Trouble(*before['failed'])
        # Written ahead: a process that dies from here on finds a failed attempt, and tries the same token again.
        attempt = failed(before, Trouble('transient', 'unanswered'), self.now())
        self.keep(link, before, attempt)
        asked = {'grant_type': 'refresh_token', 'refresh_token': before['refresh_token']}
        if self.env['provider'] in SCOPE_AT_REFRESH:
            asked['scope'] = before['asked'] if self.env['provider'] == 'mekari' else ' '.join(before['scopes'])
        try:
            after = self.endpoint.granted(asked, attempt)
        except Trouble as trouble:
            self.log(f'refresh for {link}: {trouble.code}')
            if trouble.code == 'invalid_grant':
                trouble = Trouble('needs_reauth', 'invalid_grant', trouble.status)
                kept = self.keep(link, attempt, ended(before, 'invalid_grant'))
            else:
                kept = self.keep(link, attempt, failed(before, trouble, self.now()))
            if kept['access_token'] in (used, None):
                raise trouble from None
            return kept
        self.log(f'refresh for {link}: done')
        return self.keep(link, attempt, after)

    def keep(self, link, before, after):
        """Stores it, unless a new login or another process was there meanwhile. Returns what is stored now."""
        with self.lock:
            stored = self.store.read('link', link)
            if not stored:
                raise Trouble('needs_reauth', 'not_connected')
            if any(stored[name] != before[name] for name in ('access_token', 'refresh_token')):
                return stored
            self.store.write('link', link, after)
            return after

    def usable(self, link):
        with self.lock:
            grant = self.store.read('link', link)
        if not grant or grant.get('ended'):
            raise Trouble('needs_reauth', grant['ended'] if grant else 'not_connected')
        return grant

    def once(self, key, work):
        """The outcome of one piece of work for all who ask while it is done."""
        with self.lock:
            flight = self.flights.get(key)
            mine = flight is None
            if mine:
                flight = self.flights[key] = Future()
        if mine:
            try:
                flight.set_result(work())
            except BaseException as problem:
                flight.set_exception(problem)
            finally:
                with self.lock:
                    del self.flights[key]
        return flight.result()

    # What the links are for

    def call(self, given_up, link='default', method='GET', body=None):
        try:
            status = self.ask_api(given_up, link, method, body)
            return {'result': 'ok', 'status': status}
        except Trouble as trouble:
            answer = {'result': trouble.result, 'code': trouble.code, 'status': trouble.status}
        except OSError as problem:
            answer = {'result': 'error', 'code': 'store_failed', 'status': None}
            self.log(f'the store cannot be used: {problem.strerror}')
        self.log(f'call for {link}: {answer["result"]} {answer["code"]}')
        return {name: value for name, value in answer.items() if value is not None}

    def ask_api(self, given_up, link, method, body):
        grant, refreshed = self.usable(link), False
        if self.now() < self.api_closed_until.get(link, 0):
            raise Trouble('transient', 'http_429', 429)
        if grant['refresh_at'] and self.now() >= grant['refresh_at']:
            try:
                grant, refreshed = self.refresh(link, grant['access_token']), True
            except Trouble as trouble:
                if trouble.result == 'needs_reauth' or self.now() >= grant['expires_at']:
                    raise
        while True:
            if given_up.is_set():
                raise Trouble('transient', 'cancelled')
            headers = {'Authorization': f'Bearer {grant["access_token"]}', 'Accept': 'application/json'}
            answer = self.endpoint.send(method, self.env['apiUrl'], headers, body.encode() if body is not None else None)
            if answer.status != 401:
                break
            if refreshed:
                raise Trouble('error', 'http_401', 401)
            grant, refreshed = self.refresh(link, grant['access_token']), True
        if answer.status == 429:
            self.api_closed_until[link] = self.now() + min(answer.retry_after(), LONGEST_WAIT)
        if answer.status >= 300:
            later = answer.status == 429 or answer.status >= 500
            raise Trouble('transient' if later else 'error', f'http_{answer.status}', answer.status)
        return answer.status

    def status(self, link='default'):
        with self.lock:
            grant = self.store.read('link', link)
        if not grant or grant.get('ended') == 'disconnecting':
            return {'state': 'disconnected'}
        until = grant['expires_at']
        return {
            'state': 'needs_reauth' if grant.get('ended') else 'connected',
            'scopes': grant['scopes'],
            'account': grant['account'],
            'expiresAt': None if until is None else int(until),
        }

    def disconnect(self, link='default'):
        """Nothing is called with the tokens from here on; they are forgotten once the provider has answered."""
        with self.lock:
            under_way = [flight for key, flight in self.flights.items() if key[:2] == ('refresh', link)]
        for flight in under_way:
            flight.exception()
        with self.lock:
            grant = self.store.read('link', link)
            if grant and grant['access_token']:
                grant['ended'] = 'disconnecting'
                self.store.write('link', link, grant)
        if not grant:
            return {'result': 'removed', 'code': 'not_connected'}
        answer = {'result': 'removed'}
        if grant['access_token'] and 'revokeUrl' in self.env:
            answer = self.revoke(link, grant)
        with self.lock:
            stored = self.store.read('link', link)
            if answer['result'] != 'pending' and stored and stored.get('ended'):
                self.store.remove('link', link)
        self.log(f'disconnecting {link}: {answer["result"]}')
        return answer

    def revoke(self, link, grant):
        if self.now() < grant.get('revoke_at', 0):
            return {'result': 'pending', 'code': 'not_yet'}
        url, token = self.env['revokeUrl'], grant['refresh_token'] or grant['access_token']
        try:
            if self.env['provider'] == 'mekari':
                answer = self.endpoint.send('DELETE', url, {'Authorization': f'Bearer {grant["access_token"]}'})
            elif self.env['provider'] == 'finexer':
                answer = self.endpoint.post(url, {'refresh_token': token})
            else:
                answer = self.endpoint.post(url, {'token': token})
            if not 200 <= answer.status < 300:
                token_answer(answer)
        except Trouble as trouble:
            if trouble.result == 'error':
                return {'result': 'removed', 'code': trouble.code}
            self.keep(link, grant, {**grant, 'revoke_at': self.now() + min(trouble.wait, LONGEST_WAIT)})
            return {'result': 'pending', 'code': trouble.code}
        return {'result': 'revoked'}
