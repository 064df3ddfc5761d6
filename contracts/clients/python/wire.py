"""One HTTP request at a time, and what may be read from its answer. No redirect is followed, and nothing is sent twice."""

import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

BODY_LIMIT = 1 << 20


class Trouble(Exception):
    """It did not go well. `result`: what a call answers then; `wait`: seconds that the other side asked for."""

    def __init__(self, result, code, status=None, wait=0, rotated=None):
        super().__init__(code)
        self.result, self.code, self.status, self.wait, self.rotated = result, code, status, wait, rotated


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        """What the body says, whatever its content type; ValueError where it is no JSON."""
        try:
            return json.loads(self.body.decode('utf-8-sig'))
        except RecursionError:
            raise ValueError('too deep') from None

    def retry_after(self):
        """Seconds, of either form; a date counts from the answer's own. 0 where nothing is said."""
        said = self.headers.get('Retry-After', '').strip()
        if re.fullmatch(r'[0-9]{1,9}', said):
            return int(said)
        try:
            until = parsedate_to_datetime(said).timestamp()
        except (TypeError, ValueError, OverflowError):
            return 0
        try:
            return max(0, until - parsedate_to_datetime(self.headers.get('Date', '')).timestamp())
        except (TypeError, ValueError, OverflowError):
            return max(0, until - time.time())


def send(method, url, headers, body, seconds):
    """Answers whatever the status is. All of it is over within so many seconds, or it is a Trouble."""
    to = urlsplit(url)
    if to.scheme == 'https':
        connection = http.client.HTTPSConnection(
            to.hostname, to.port, timeout=seconds, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(to.hostname, to.port, timeout=seconds)
    late, opened = threading.Event(), []

    def give_up():
        late.set()
        for sock in opened:
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                pass

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        opened.append(connection.sock)
        target = (to.path or '/') + ('?' + to.query if to.query else '')
        connection.request(method, target, body, {'User-Agent': 'careful-python/1', **headers})
        answer = connection.getresponse()
        read = answer.read(BODY_LIMIT)
        if late.is_set() or (answer.length and len(read) < BODY_LIMIT):
            raise ConnectionError('cut off')
        return Answer(answer.status, answer.headers, read)
    except (OSError, http.client.HTTPException) as problem:
        slow = late.is_set() or isinstance(problem, TimeoutError)
        raise Trouble('transient', 'timeout' if slow else 'network') from None
    finally:
        timer.cancel()
        connection.close()


def safe(url):
    """Whether secrets may be sent there: over TLS, or without leaving this machine."""
    at = urlsplit(url)
    if at.scheme == 'https':
        return True
    try:
        here = ipaddress.ip_address(at.hostname or '').is_loopback
    except ValueError:
        here = at.hostname == 'localhost' or (at.hostname or '').endswith('.localhost')
    return at.scheme == 'http' and here


def plain(said):
    """A code or the like as it may be shown and logged; what is none is not repeated."""
    return said if isinstance(said, str) and re.fullmatch(r'[\w.:;=/+ -]{1,200}', said, re.ASCII) else 'unreadable'
