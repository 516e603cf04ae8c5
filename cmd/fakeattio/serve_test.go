package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

func TestARequestUnderWayIsAnsweredAfterSIGTERM(t *testing.T) {
	t.Parallel()
	p, err := start(t.TempDir(), nil, "serve", "--listen", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	found, err := p.await(`listens on (\S+)`)
	if err != nil {
		t.Fatal(err)
	}
	address := found[1]
	client, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Close() }()

	// The interim answer shows that the handler has begun to read the body.
	_, _ = fmt.Fprintf(client, "POST /v2/webhooks HTTP/1.1\r\nHost: %s\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", address)
	answers := bufio.NewReader(client)
	if interim, err := http.ReadResponse(answers, nil); err != nil || interim.StatusCode != http.StatusContinue {
		t.Fatalf("got %v, %v; want 100", interim, err)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	awaitRefusal(t, address)
	if _, err := io.WriteString(client, "{}"); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatalf("the request was not answered: %v", err)
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		t.Errorf("the answer was cut off: %v", err)
	}
	if response.StatusCode != http.StatusUnauthorized {
		t.Errorf("got status %d, want 401 for a request without a token", response.StatusCode)
	}
	if code, err := p.wait(); err != nil || code != 0 {
		t.Errorf("it ended with code %d, %v; want 0", code, err)
	}
}

// awaitRefusal waits until nothing listens on an address.
func awaitRefusal(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		probe, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if ctx.Err() != nil {
			t.Fatal("the server still accepts connections")
		}
		if err != nil {
			return
		}
		_ = probe.Close()
	}
}

func TestReachable(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"127.0.0.1:8080":      "http://127.0.0.1:8080",
		"0.0.0.0:8080":        "http://127.0.0.1:8080",
		"[::]:8080":           "http://127.0.0.1:8080",
		":8080":               "http://127.0.0.1:8080",
		"[::1]:8080":          "http://[::1]:8080",
		"attio.internal:9000": "http://attio.internal:9000",
	} {
		if got := reachable(address); got != want {
			t.Errorf("reachable(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestCheckBaseURL(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		"http://attio.test":          true,
		"https://example.com/attio/": true,
		"http://[::1]:8080":          true,
		"attio.test":                 false,
		"127.0.0.1:8080":             false,
		"ftp://attio.test":           false,
		"http://":                    false,
		"http://attio.test?a=b":      false,
		"http://attio.test#there":    false,
	} {
		if err := checkBaseURL(text); (err == nil) != ok {
			t.Errorf("checkBaseURL(%q) = %v, want accepted: %t", text, err, ok)
		}
	}
}

func TestARequestThatHangsOnPurposeDoesNotHoldUpTheEnd(t *testing.T) {
	t.Parallel()
	p, err := start(t.TempDir(), nil, "serve", "--listen", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	found, err := p.await(`listens on (\S+)`)
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + found[1]
	added, err := http.Post(url+"/_fake/faults", "application/json", strings.NewReader(`{"fault": "hang"}`))
	if err != nil || added.StatusCode != http.StatusOK {
		t.Fatal(added, err)
	}
	_ = added.Body.Close()
	answered := make(chan error, 1)
	go func() {
		response, err := http.Get(url + "/v2/self")
		if err == nil {
			_ = response.Body.Close()
		}
		answered <- err
	}()
	for hits := 0; hits == 0; { // until the request hangs
		var faults struct{ Faults []struct{ Hits int } }
		response, err := http.Get(url + "/_fake/faults")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.NewDecoder(response.Body).Decode(&faults); err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		hits = faults.Faults[0].Hits
	}
	if code, err := p.stop(syscall.SIGTERM); err != nil || code != 0 {
		t.Errorf("it ended with code %d, %v; want 0", code, err)
	}
	if err := <-answered; err == nil {
		t.Error("the request was answered")
	}
}
