package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The error messages of libraries are written for programmers. These functions rewrite them for the program's users.

// plainFlag says which values a flag takes, if it was given a wrong one.
func plainFlag(_ *cobra.Command, err error) error {
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return fmt.Errorf("--%s takes %s, not %q", wrong.GetFlag().Name, takes(wrong.GetFlag()), wrong.GetValue())
	}
	return err
}

// takes describes the values that a flag takes.
func takes(flag *pflag.Flag) string {
	switch flag.Value.Type() {
	case "bool":
		return "true or false"
	case "int", "int64":
		return "a whole number"
	case "duration":
		return "a duration such as 90s or 5m"
	}
	return "another value"
}

// plainFile says which file could not be read or written, and why.
func plainFile(verb string, err error) error {
	if wrong, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("cannot %s %s: %w", verb, wrong.Path, wrong.Err)
	}
	return err
}

// plainNetwork says why a server cannot be reached, or why the program cannot listen on an address.
func plainNetwork(err error) error {
	if name, ok := errors.AsType[*net.DNSError](err); ok {
		return fmt.Errorf("no host named %q was found", name.Name)
	}
	if request, ok := errors.AsType[*url.Error](err); ok && request.Timeout() {
		return errors.New("it did not answer in time")
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("nothing listens there")
	case errors.Is(err, syscall.EADDRINUSE):
		return errors.New("another program listens there; choose another address with --listen")
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return errors.New("this machine does not have that address")
	case errors.Is(err, syscall.EACCES):
		return errors.New("ports below 1024 may need privileges that this program does not have; choose another with --listen")
	case errors.Is(err, http.ErrSchemeMismatch):
		return errors.New("it speaks HTTP and not HTTPS")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return errors.New("it closed the connection before its answer was complete")
	}
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		return number
	}
	if request, ok := errors.AsType[*url.Error](err); ok {
		return request.Err
	}
	return err
}
