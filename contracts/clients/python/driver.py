"""Lets a contract harness drive the client: one JSON object a line from stdin, answers to stdout, the log to stderr."""

import json
import sys
import threading

# What is compiled would be left beside the client.
sys.dont_write_bytecode = True

from client import Client, RefusedConfiguration  # noqa: E402


class Driver:
    def __init__(self):
        self.client, self.writing, self.open = None, threading.Lock(), {}

    def log(self, line):
        sys.stderr.write(line + '\n')
        sys.stderr.flush()

    def answer(self, number, **said):
        """Once: what comes after a cancelled call was answered is dropped."""
        with self.writing:
            if self.open.pop(number, None):
                sys.stdout.write(json.dumps({'id': number, **said}) + '\n')
                sys.stdout.flush()

    def handle(self, number, op, asked):
        try:
            self.answer(number, ok=self.do(number, op, asked))
        except RefusedConfiguration as problem:
            self.answer(number, error={'kind': 'configuration', 'message': str(problem)})
        except NotImplementedError:
            self.answer(number, error={'kind': 'unsupported', 'message': f'{op} is not supported'})
        except Exception as problem:
            # Its text is not ours and may hold secrets.
            self.answer(number, error={'kind': 'failed', 'message': f'{op}: {type(problem).__name__}'})

    def do(self, number, op, asked):
        if op == 'start':
            self.client = Client(asked['env'], self.log)
            about = {'client': 'careful', 'version': '1', 'language': 'python'}
            # The client is made anew, so that one process may play many stories.
            return {**about, 'ops': Client.ops, 'features': {**Client.features, 'again': True}}
        if op not in Client.ops:
            raise NotImplementedError
        if op == 'call':
            return self.client.call(self.open[number], **asked)
        if op == 'cancel':
            waiting = self.open.get(asked['call'])
            if waiting:
                waiting.set()
                self.answer(asked['call'], ok={'result': 'transient', 'code': 'cancelled'})
            return {}
        return getattr(self.client, op)(**asked) or {}

    def run(self):
        for line in sys.stdin:
            try:
                asked = json.loads(line)
                number, op = asked.pop('id'), asked.pop('op')
            except (ValueError, AttributeError, KeyError):
                self.log('a line that is not understood')
                continue
            self.open[number] = threading.Event()
            if op == 'start':
                self.handle(number, op, asked)
            else:
                threading.Thread(target=self.handle, args=(number, op, asked)).start()


if __name__ == '__main__':
    sys.stdin.reconfigure(encoding='utf-8')
    Driver().run()
