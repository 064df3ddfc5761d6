package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Store is what must outlive the process: one file a thing, written whole or not at all, for this user's eyes only.
// Whoever reads and then writes holds a lock of his own.
type Store struct {
	folder  string
	unsaved map[string][]byte
}

func openStore(folder string) (*Store, error) {
	return &Store{folder, map[string][]byte{}}, os.MkdirAll(folder, 0o700)
}

func (s *Store) path(kind, key string) string {
	return filepath.Join(s.folder, fmt.Sprintf("%s-%x.json", kind, sha256.Sum256([]byte(key))))
}

// Whether there is such a thing.
func (s *Store) read(kind, key string, into any) (bool, error) {
	path := s.path(kind, key)
	if text, ok := s.unsaved[path]; ok {
		if err := s.save(path, text); err != nil {
			return false, err
		}
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		err = exactly(text, into)
	}
	return err == nil, err
}

func (s *Store) write(kind, key string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return s.save(s.path(kind, key), text)
}

// What cannot be written now is remembered, and written before it is read.
func (s *Store) save(path string, text []byte) error {
	s.unsaved[path] = text
	file, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err == nil {
		delete(s.unsaved, path)
	}
	return err
}

func (s *Store) remove(kind, key string) error {
	delete(s.unsaved, s.path(kind, key))
	err := os.Remove(s.path(kind, key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
