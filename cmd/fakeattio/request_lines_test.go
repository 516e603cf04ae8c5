package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestARequestIsOneLine(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 15, 9, 26, 53, 17_000_000, time.UTC)
	for _, test := range []struct {
		name    string
		request fake.Request
		want    string
	}{
		{"of a success", fake.Request{Method: "GET", Path: "/v2/self", Status: 200, Workspace: "acme", Token: "full", Duration: 1234 * time.Microsecond},
			"09:26:53.017 GET    /v2/self 200 acme/full 1.2ms"},
		{"of an error, without a token", fake.Request{Method: "DELETE", Path: "/v2/x?y=1", Status: 404, Code: "not_found"},
			"09:26:53.017 DELETE /v2/x?y=1 404 not_found 0.0ms"},
		{"of no answer", fake.Request{Method: "GET", Path: "/v2/self", Faults: []string{"slow", "gone"}, Duration: 30*time.Second + 40*time.Millisecond},
			"09:26:53.017 GET    /v2/self no answer 30.0s fault: slow, gone"},
		{"with a hint", fake.Request{Method: "POST", Path: "/v2/notes", Status: 200, Hint: `unknown key "filters"`},
			`09:26:53.017 POST   /v2/notes 200 0.0ms hint: unknown key "filters"`},
		{"even if a client wants two", fake.Request{Method: "GET", Path: "/v2/x?\n\x1b[2J", Status: 404, Hint: "a\nb"},
			"09:26:53.017 GET    /v2/x?  [2J 404 0.0ms hint: a b"},
		{"of bounded length", fake.Request{Method: "GET", Path: "/" + strings.Repeat("ä", 5000), Status: 404, Hint: strings.Repeat("b", 5000)},
			"09:26:53.017 GET    /" + strings.Repeat("ä", maxShownPath-1) + "… 404 0.0ms hint: " + strings.Repeat("b", maxShownHint) + "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, person{}.requestLine(test.request, now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestColoursAreForTerminalsUnlessToldOtherwise(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, choice string
		terminal     bool
		variables    map[string]string
		want         bool
	}{
		{"a terminal", "auto", true, map[string]string{"TERM": "xterm"}, true},
		{"a file", "auto", false, nil, false},
		{"NO_COLOR", "auto", true, map[string]string{"NO_COLOR": "1"}, false},
		{"an empty NO_COLOR counts as unset", "auto", true, map[string]string{"NO_COLOR": ""}, true},
		{"a terminal without colours", "auto", true, map[string]string{"TERM": "dumb"}, false},
		{"always", "always", false, map[string]string{"NO_COLOR": "1"}, true},
		{"never", "never", true, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := inColour(test.choice, test.terminal, func(name string) string { return test.variables[name] }); got != test.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

func TestTheServerGoesOnWhenNobodyReadsItsOutputAnyMore(t *testing.T) {
	t.Parallel()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("fakeattio", "serve", "--listen", "127.0.0.1:0")
	server.Stdout = write
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	defer func() { _ = server.Process.Kill() }()
	_ = write.Close()
	first, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_ = read.Close()
	_, address, _ := strings.Cut(strings.TrimSpace(first), "listens on ")
	for range 3 {
		response, err := http.Get("http://" + address + "/v2/self")
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	_ = server.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the server ended with %v", err)
		}
	case <-time.After(patience):
		t.Error("the server did not end")
	}
}

// shownIn returns the code blocks of the documentation that show what serve prints.
func shownIn(t *testing.T, language string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/serve.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(page)
	if block == nil {
		t.Fatalf("docs/serve.md has no block of %s", language)
	}
	return string(block[1])
}

// timeless replaces times, durations and ports, which differ from run to run.
func timeless(text string) string {
	for _, varies := range [][2]string{
		{`(?m)^\d\d:\d\d:\d\d\.\d{3}`, "TIME"}, {`\d+\.\dms`, "DURATION"}, {`"time":"[^"]+"`, "TIME"}, {`"duration_ms":[0-9.]+`, "DURATION"},
		{`127\.0\.0\.1:\d+`, "ADDRESS"},
	} {
		text = regexp.MustCompile(varies[0]).ReplaceAllString(text, varies[1])
	}
	return text
}

func TestTheDocumentationShowsWhatServePrints(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, language, format string
	}{{"text", "text", "text"}, {"JSON", "json", "json"}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, err := start(t.TempDir(), nil, "serve", "--listen", "127.0.0.1:0", "--log-format", test.format)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(p.kill)
			found, err := p.await(`(?:listens on |"address":")([^\s"]+)`)
			if err != nil {
				t.Fatal(err)
			}
			server := "http://" + found[1]
			value := regexp.MustCompile(`\b[0-9a-f]{64}\b`).FindString(p.output.String())
			asks := func(method, path, contentType, body, token string) {
				request, err := http.NewRequest(method, server+path, strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				if token != "" {
					request.Header.Set("Authorization", "Bearer "+token)
				}
				if contentType != "" {
					request.Header.Set("Content-Type", contentType)
				}
				response, err := http.DefaultClient.Do(request)
				if err == nil {
					_, _ = io.Copy(io.Discard, response.Body)
					_ = response.Body.Close()
				}
			}
			asks("GET", "/v2/self", "", "", value)
			asks("POST", "/v2/objects/people/records", "application/x-www-form-urlencoded", "{}", value)
			asks("POST", "/v2/objects/people/records/query", "application/json", `{"filters":{}}`, value)
			asks("GET", "/v2/objects", "", "", "")
			asks("POST", "/_fake/faults", "application/json", `{"fault":"unavailable","operation":"lists.list"}`, "")
			asks("GET", "/v2/lists", "", "", value)
			if code, err := p.stop(syscall.SIGTERM); err != nil || code != 0 {
				t.Fatalf("code %d, %v", code, err)
			}
			printed := p.output.String()
			from := regexp.MustCompile(`(?m)^(\d\d:\d\d:\d\d\.\d{3} |\{.*"msg":"request")`).FindStringIndex(printed)
			if from == nil {
				t.Fatalf("it printed\n%s", printed)
			}
			if diff := cmp.Diff(timeless(shownIn(t, test.language)), timeless(printed[from[0]:])); diff != "" {
				t.Errorf("docs/serve.md differs (-documented +printed):\n%s", diff)
			}
		})
	}
}
