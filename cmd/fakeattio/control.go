package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// controlTimeout is how long a running server may take to answer a command.
const controlTimeout = time.Minute

// remote is the running server that a command calls.
type remote struct{ listen, token string }

func (r *remote) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.listen, "listen", defaultListen, "`ADDRESS` that the server listens on, as for serve")
	cmd.Flags().StringVar(&r.token, "control-token", "", "`TOKEN` of the control API, as for serve")
}

// get returns the answer to a GET of the control API, whole.
func (r *remote) get(args []string, path string) ([]byte, error) {
	body, err := r.open(args, path)
	if err != nil {
		return nil, err
	}
	defer body.close()
	return io.ReadAll(body)
}

// answer is the body of an answer.
type answer struct {
	url    string // of the server
	body   io.ReadCloser
	client *http.Client
}

func (a answer) Read(b []byte) (int, error) {
	n, err := a.body.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("cannot read the answer of %s: %w", a.url, plainNetwork(err))
	}
	return n, err
}

func (a answer) close() {
	_ = a.body.Close()
	a.client.CloseIdleConnections()
}

// open returns the answer to a GET of the control API: of the server at the base URL in args, or else of the one on this
// machine.
func (r *remote) open(args []string, path string) (*answer, error) {
	url := serverURL(args, r.listen)
	if err := checkBaseURL(url); err != nil {
		return nil, misuse{err}
	}
	request, err := http.NewRequest(http.MethodGet, url+path, nil)
	if err != nil {
		return nil, misuse{err}
	}
	if r.token != "" {
		request.Header.Set("Authorization", "Bearer "+r.token)
	}
	client := &http.Client{Timeout: controlTimeout, Transport: &http.Transport{}} // no proxy in between
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("cannot ask the server at %s: %w%s", url, plainNetwork(err), whence(args, r.listen))
	}
	a := &answer{url, response.Body, client}
	if response.StatusCode != http.StatusOK {
		defer a.close()
		body, err := io.ReadAll(a)
		if err != nil {
			return nil, err
		}
		var refusal struct {
			Error string `json:"error"`
		}
		_ = json.Unmarshal(body, &refusal) // if another program answers there, the body may be anything
		return nil, fmt.Errorf("%s answered %s: %s", url, response.Status, cmp.Or(refusal.Error, "it is not fakeattio, or an older version of it"))
	}
	return a, nil
}

// urlVariable is the variable in which exec tells its command the base URL of the server.
const urlVariable = prefix + "URL"

// whence says where the address of a server that does not answer comes from, if it is not an argument.
func whence(args []string, listen string) string {
	switch {
	case len(args) > 0:
		return ""
	case os.Getenv(urlVariable) != "" && listen == defaultListen:
		return "; the address comes from " + urlVariable
	case listen == defaultListen:
		return "; this is the default address, and a URL as argument or --listen names another"
	}
	return "; the address comes from --listen or " + prefix + "LISTEN"
}

// serverURL returns the base URL of the server that a command calls: the one among its arguments, the one that listens on
// --listen, or below exec the one that exec has started.
func serverURL(args []string, listen string) string {
	url := reachable(listen)
	if len(args) > 0 {
		url = args[0]
	} else if started := os.Getenv(urlVariable); started != "" && listen == defaultListen {
		url = started
	}
	return strings.TrimRight(url, "/")
}
