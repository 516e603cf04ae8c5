package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestErrorsOfTheNetworkAreToldInPlainWords(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		`no host named "attio.invalid" was found`:                             &url.Error{Op: "Get", Err: &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "attio.invalid"}}},
		"it did not answer in time":                                           &url.Error{Op: "Get", Err: os.ErrDeadlineExceeded},
		"nothing listens there":                                               &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)},
		"another program listens there; choose another address with --listen": &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EADDRINUSE)},
		"this machine does not have that address":                             &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EADDRNOTAVAIL)},
		"ports below 1024 may need privileges that this program does not have; choose another with --listen": &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)},
		"it closed the connection before its answer was complete":                                            &url.Error{Op: "Get", Err: io.EOF},
		"too many open files": &net.OpError{Op: "accept", Err: os.NewSyscallError("accept4", syscall.EMFILE)},
		"something else":      &url.Error{Op: "Get", Err: errors.New("something else")},
	} {
		if got := plainNetwork(err).Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	if err := checkHealth("https" + strings.TrimPrefix(plain.URL, "http")); err == nil || err.Error() != "it speaks HTTP and not HTTPS" {
		t.Errorf("plain HTTP: %v", err)
	}
}

func TestAFileIsReplacedWithTheRightsOfTheOne(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/out.yaml"
	for _, step := range []struct {
		content string
		mode    os.FileMode
	}{{"first", 0}, {"second", 0o600}, {"third", 0o640}} {
		if step.mode != 0 {
			if err := os.Chmod(file, step.mode); err != nil {
				t.Fatal(err)
			}
		}
		if err := writeFile(file, []byte(step.content)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(file)
		if err != nil || string(got) != step.content {
			t.Errorf("the file holds %q, %v; want %q", got, err, step.content)
		}
		if info, err := os.Stat(file); err != nil || step.mode != 0 && info.Mode() != step.mode {
			t.Errorf("its permissions are %v, %v; want %v", info.Mode(), err, step.mode)
		}
	}
}
