package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile replaces a file, as copyFile does.
func writeFile(name string, content []byte) error { return copyFile(name, bytes.NewReader(content)) }

// copyFile replaces a file atomically: nobody ever reads half of it, and if reading or writing fails the old file stays.
// Something that is not a regular file, such as /dev/stdout, is written to directly.
func copyFile(name string, content io.Reader) error {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real // replace the target, not the link
	}
	before, err := os.Stat(name)
	if err == nil && !before.Mode().IsRegular() {
		return plainFile("write", writeThrough(name, content))
	}
	fresh := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.tmp", filepath.Base(name), os.Getpid()))
	if err := writeNew(fresh, content, before); err != nil {
		_ = os.Remove(fresh)
		if wrong, ok := errors.AsType[*fs.PathError](err); ok && wrong.Path == fresh {
			wrong.Path = name // nobody asked for the other
		}
		return plainFile("write", err)
	}
	if err := os.Rename(fresh, name); err != nil {
		_ = os.Remove(fresh)
		return fmt.Errorf("cannot write %s: the existing file cannot be replaced", name)
	}
	return nil
}

// writeThrough writes to something that exists and is not a regular file.
func writeThrough(name string, content io.Reader) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, content); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// writeNew creates a file, with the permissions of another if there is one.
func writeNew(name string, content io.Reader, like os.FileInfo) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // for the errors; success closes it below
	if like != nil {
		if err := f.Chmod(like.Mode().Perm()); err != nil {
			return err
		}
	}
	if _, err := io.Copy(f, content); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return f.Close()
}
