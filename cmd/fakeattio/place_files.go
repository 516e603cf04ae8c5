package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// placeFiles are the files in which scripts find the server.
type placeFiles struct{ url, port string }

func (f *placeFiles) addTo(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.url, "url-file", "", "`FILE` that holds the base URL while the server listens")
	cmd.Flags().StringVar(&f.port, "port-file", "", "`FILE` that holds the port while the server listens")
}

func (f *placeFiles) check() error {
	if f.url != "" && filepath.Clean(f.url) == filepath.Clean(f.port) {
		return errors.New("--url-file and --port-file name the same file; name two")
	}
	return nil
}

// write writes the files. The function that it returns removes them, unless another server has written them meanwhile.
func (f *placeFiles) write(url string, address net.Addr) (remove func(), err error) {
	_, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return nil, err
	}
	var written []func()
	remove = func() {
		for _, undo := range written {
			undo()
		}
	}
	for _, file := range []struct{ flag, name, content string }{{"--url-file", f.url, url}, {"--port-file", f.port, port}} {
		if file.name == "" {
			continue
		}
		content := []byte(file.content + "\n")
		if err := writeFile(file.name, content); err != nil {
			remove()
			return nil, fmt.Errorf("%s: %w", file.flag, err)
		}
		written = append(written, func() { removeOwn(file.name, content) })
	}
	return remove, nil
}

// removeOwn removes a regular file that still has the content that this program has written.
func removeOwn(name string, content []byte) {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return
	}
	info, err := os.Stat(real)
	if err != nil || !info.Mode().IsRegular() { // reading a pipe would block
		return
	}
	if present, err := os.ReadFile(real); err == nil && bytes.Equal(present, content) {
		_ = os.Remove(real)
	}
}
