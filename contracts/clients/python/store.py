"""What must outlive the process: one file a thing, written whole or not at all, for this user's eyes only."""

import hashlib
import json
import os


class Store:
    """Whoever reads and then writes holds a lock of his own. Raises OSError where the folder cannot be used."""

    def __init__(self, folder):
        self.folder, self.unsaved = folder, {}
        os.makedirs(folder, mode=0o700, exist_ok=True)

    def path(self, kind, key):
        return os.path.join(self.folder, f'{kind}-{hashlib.sha256(key.encode()).hexdigest()[:40]}.json')

    def read(self, kind, key):
        path = self.path(kind, key)
        if path in self.unsaved:
            self.write(kind, key, self.unsaved[path])
        try:
            with open(path, encoding='utf-8') as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def write(self, kind, key, value):
        """What cannot be written now is remembered, and written before it is read."""
        path = self.path(kind, key)
        self.unsaved[path] = value
        with open(os.open(path + '.new', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w', encoding='utf-8') as file:
            json.dump(value, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(path + '.new', path)
        del self.unsaved[path]

    def remove(self, kind, key):
        self.unsaved.pop(self.path(kind, key), None)
        try:
            os.unlink(self.path(kind, key))
        except FileNotFoundError:
            pass
