package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// writeFile replaces a file atomically: nobody ever reads half of it, and if writing fails the old file stays.
// Something that is not a regular file, such as /dev/stdout, is written to directly.
func writeFile(name string, content []byte) error {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real // replace the target, not the link
	}
	before, err := os.Stat(name)
	if err == nil && !before.Mode().IsRegular() {
		return plainFile("write", os.WriteFile(name, content, 0o644))
	}
	fresh := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.tmp", filepath.Base(name), os.Getpid()))
	if err := writeNew(fresh, content, before); err != nil {
		_ = os.Remove(fresh)
		return plainFile("write", err)
	}
	if err := os.Rename(fresh, name); err != nil {
		_ = os.Remove(fresh)
		return fmt.Errorf("cannot write %s: the existing file cannot be replaced", name)
	}
	return nil
}

// writeNew creates a file, with the permissions of another if there is one.
func writeNew(name string, content []byte, like os.FileInfo) error {
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
	if _, err := f.Write(content); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return f.Close()
}
