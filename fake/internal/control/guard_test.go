package control_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// browse sends a request over the network with a Host and headers, as a browser would. Of the answer's headers it
// returns only those that concern web pages.
func browse(t *testing.T, server *fake.Server, method, path string, headers ...string) (int, string, map[string]string) {
	t.Helper()
	request, err := http.NewRequest(method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	if host := request.Header.Get("Host"); host != "" {
		request.Host = host
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	concern := map[string]string{}
	for name := range response.Header {
		if strings.HasPrefix(name, "Access-Control-") || name == "X-Content-Type-Options" {
			concern[name] = response.Header.Get(name)
		}
	}
	return response.StatusCode, strings.TrimSpace(string(body)), concern
}

const (
	ofPages = `the control API does not answer web pages of other sites, and this request comes from one (`
	toAllow = `); to allow it, start the server with --allowed-origin and the origin of the page, such as http://localhost:3000 (in Go: fake.AllowedOrigin)`
)

func TestNoPageOfAnotherSiteUsesTheControlAPI(t *testing.T) {
	t.Parallel()
	server := fake.New(t)
	for name, tc := range map[string]struct {
		headers []string
		from    string // empty if the request is answered
	}{
		"a program":                                   {nil, ""},
		"a page of another site":                      {[]string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, "Origin: https://evil.example"},
		"an image of another site":                    {[]string{"Sec-Fetch-Site", "cross-site"}, "Sec-Fetch-Site: cross-site"},
		"a page of another port":                      {[]string{"Sec-Fetch-Site", "same-site", "Origin", "http://127.0.0.1:1"}, "Origin: http://127.0.0.1:1"},
		"a frame of another port":                     {[]string{"Sec-Fetch-Site", "same-site"}, "Sec-Fetch-Site: same-site"},
		"an old browser":                              {[]string{"Origin", "https://evil.example"}, "Origin: https://evil.example"},
		"a page of a file, or in a sandbox":           {[]string{"Origin", "null"}, "Origin: null"},
		"a foreign origin that claims to be the same": {[]string{"Sec-Fetch-Site", "same-origin", "Origin", "https://evil.example"}, "Origin: https://evil.example"},
		"the server's own page":                       {[]string{"Sec-Fetch-Site", "same-origin", "Origin", server.URL}, ""},
		"the server's own page, reading":              {[]string{"Sec-Fetch-Site", "same-origin"}, ""},
		"an address that somebody typed":              {[]string{"Sec-Fetch-Site", "none"}, ""},
	} {
		for _, asked := range []struct {
			method, path string
			status       int
		}{
			{"POST", "/_fake/reset", 204},
			{"GET", "/_fake/health", 200},
			{"GET", "/_fake/workspaces", 200},
			{"GET", "/_fake/nothing", 404},
			{"OPTIONS", "/_fake/reset", 405},
			{"GET", "/_fake/as/acme/ada/v2/self", 200},
			{"OPTIONS", "/_fake/as/acme/ada/v2/self", 204},
			{"POST", "/%5Ffake/reset", 204},
		} {
			t.Run(name+" "+asked.method+" "+asked.path, func(t *testing.T) {
				t.Parallel()
				status, body, headers := browse(t, server, asked.method, asked.path, tc.headers...)
				if tc.from == "" && status != asked.status ||
					tc.from != "" && (status != 403 || body != `{"error":"`+ofPages+tc.from+toAllow+`"}`) {
					t.Errorf("got %d %s", status, body)
				}
				if diff := cmp.Diff(map[string]string{"X-Content-Type-Options": "nosniff"}, headers); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestALinkOnAPageOfAnotherSiteLeadsToTheConsoleAndToNothingElse(t *testing.T) {
	t.Parallel()
	server := fake.New(t)
	link := func(edits ...string) []string {
		return append([]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, edits...)
	}
	for name, tc := range map[string]struct {
		method, path string
		headers      []string
		status       int
	}{
		"a link to the console":           {"GET", "/_fake/", link(), 200},
		"a link to the control API":       {"GET", "/_fake/workspaces", link(), 403},
		"a form":                          {"POST", "/_fake/console/requests/1/fault", link("Origin", "https://evil.example"), 403},
		"a frame":                         {"GET", "/_fake/", link("Sec-Fetch-Dest", "iframe"), 403},
		"a script that reads the pages":   {"GET", "/_fake/", link("Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"), 403},
		"a script of the console":         {"GET", "/_fake/console/events", link("Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"), 403},
		"a name that a stranger can have": {"GET", "/_fake/", link("Host", "evil.example"), 403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if status, body, _ := browse(t, server, tc.method, tc.path, tc.headers...); status != tc.status {
				t.Errorf("got %d %s", status, body)
			}
		})
	}
}

func TestNoNameThatAStrangerCanHaveReachesTheControlAPI(t *testing.T) {
	t.Parallel()
	server := fake.New(t, fake.AllowedHost("Attio.Example.com"), fake.AllowedHost("::1"))
	for host, known := range map[string]bool{
		"127.0.0.1":                  true,
		"10.1.2.3:8080":              true,
		"[::1]:8080":                 true,
		"[::1]":                      true,
		"localhost:8080":             true,
		"LOCALHOST":                  true,
		"app.localhost:3000":         true,
		"attio:8080":                 true,
		"printer.local":              true,
		"attio.svc.internal":         true,
		"host.docker.internal:8080":  true,
		"localhost.":                 true,
		"attio.example.com:8080":     true,
		"ATTIO.example.com.":         true,
		"evil.example":               false,
		"evil.example:8080":          false,
		"evil.example.":              false,
		"localhost.evil.example":     false,
		"127.0.0.1.evil.example":     false,
		"notlocalhost.com":           false,
		"evillocal.com":              false,
		"www.attio.example.com":      false,
		"attio.example.com.evil.com": false,
		"0x7f.1":                     false,
	} {
		for _, path := range []string{"/_fake/workspaces", "/_fake/health", "/_fake/as/acme/ada/v2/objects"} {
			t.Run(host+path, func(t *testing.T) {
				t.Parallel()
				status, body, _ := browse(t, server, "GET", path, "Host", host)
				name := strings.TrimSuffix(strings.Split(host, ":")[0], ".")
				refused := `{"error":"the control API does not answer to the host name \"` + name + `\", which could belong to a foreign web page; ` +
					`to allow it, start the server with --allowed-host ` + name + ` (in Go: fake.AllowedHost)"}`
				if known && status != 200 || !known && (status != 403 || body != refused) {
					t.Errorf("got %d %s", status, body)
				}
			})
		}
	}
}

func TestAttiosOwnPathsAnswerEveryPageUnderEveryName(t *testing.T) {
	t.Parallel()
	server := fake.New(t)
	status, _, headers := browse(t, server, "GET", "/v2/self", "Host", "evil.example", "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example",
		"Authorization", "Bearer "+server.Token("acme"))
	if status != 200 || headers["Access-Control-Allow-Origin"] != "*" {
		t.Errorf("got %d %v", status, headers)
	}
}

func TestThePagesOfAnAllowedOriginUseTheControlAPI(t *testing.T) {
	t.Parallel()
	server := fake.New(t, fake.AllowedOrigin("http://LocalHost:3000/"), fake.AllowedOrigin("https://app.example.com:443"), fake.ControlToken("open sesame"))
	exposed := map[string]string{
		"Access-Control-Allow-Origin": "http://localhost:3000", "Access-Control-Expose-Headers": "*", "X-Content-Type-Options": "nosniff",
	}
	preflight := map[string]string{
		"Access-Control-Allow-Origin": "http://localhost:3000", "Access-Control-Expose-Headers": "*", "X-Content-Type-Options": "nosniff",
		"Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE", "Access-Control-Allow-Headers": "authorization,content-type",
	}
	page := []string{"Sec-Fetch-Site", "same-site", "Origin", "http://localhost:3000"}
	ask := append([]string{"Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "authorization,content-type"}, page...)
	token := append([]string{"Authorization", "Bearer open sesame"}, page...)
	none := map[string]string{"X-Content-Type-Options": "nosniff"}
	for name, tc := range map[string]struct {
		method, path string
		headers      []string
		status       int
		want         map[string]string
	}{
		"asks whether it may":              {"OPTIONS", "/_fake/snapshots/one", ask, 204, preflight},
		"asks whether it may as a member":  {"OPTIONS", "/_fake/as/acme/ada/v2/self", ask, 204, preflight},
		"asks":                             {"PUT", "/_fake/snapshots/one", token, 200, exposed},
		"asks as a member":                 {"GET", "/_fake/as/acme/ada/v2/self", token, 200, exposed},
		"reads why it is refused":          {"GET", "/_fake/workspaces", page, 401, exposed},
		"of another origin":                {"OPTIONS", "/_fake/snapshots/one", []string{"Origin", "http://localhost:3001", "Access-Control-Request-Method", "PUT"}, 403, none},
		"under a name that is not allowed": {"GET", "/_fake/clock", append([]string{"Host", "evil.example"}, token...), 403, exposed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, body, headers := browse(t, server, tc.method, tc.path, tc.headers...)
			if diff := cmp.Diff(tc.want, headers); status != tc.status || diff != "" {
				t.Errorf("got %d %s\n%s", status, body, diff)
			}
		})
	}
	if status, _, headers := browse(t, server, "GET", "/_fake/health", "Origin", "https://app.example.com"); status != 200 || headers["Access-Control-Allow-Origin"] != "https://app.example.com" {
		t.Errorf("the other origin: %d %v", status, headers)
	}
}

func TestWhatComesOverNoNetworkMayHaveAnyHost(t *testing.T) {
	t.Parallel()
	server := fake.New(t, fake.WithoutSocket())
	recorder := httptest.NewRecorder()
	server.Handler().ServeHTTP(recorder, httptest.NewRequest("GET", "/_fake/health", nil))
	if recorder.Code != 200 {
		t.Errorf("httptest: %d %s", recorder.Code, recorder.Body)
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, _ := http.NewRequestWithContext(r.Context(), "GET", server.URL+"/_fake/health", nil)
		response, err := server.Client().Do(request)
		if err != nil {
			t.Error(err)
			return
		}
		defer response.Body.Close()
		w.WriteHeader(response.StatusCode)
	}))
	defer proxy.Close()
	response, err := http.Get(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		t.Errorf("a server of the test: %d", response.StatusCode)
	}
}

func TestAHostOrAnOriginThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	const host, origin = " is not a host name; write one such as attio.example.com, without scheme, port or path",
		" is not an origin; write the scheme, host and port of the pages, such as http://localhost:3000"
	for want, option := range map[string]fake.Option{
		`the allowed host ""` + host:                           fake.AllowedHost(""),
		`the allowed host "http://attio.example.com"` + host:   fake.AllowedHost("http://attio.example.com"),
		`the allowed host "attio.example.com:80"` + host:       fake.AllowedHost("attio.example.com:80"),
		`the allowed host "*.example.com"` + host:              fake.AllowedHost("*.example.com"),
		`the allowed origin ""` + origin:                       fake.AllowedOrigin(""),
		`the allowed origin "*"` + origin:                      fake.AllowedOrigin("*"),
		`the allowed origin "null"` + origin:                   fake.AllowedOrigin("null"),
		`the allowed origin "localhost:3000"` + origin:         fake.AllowedOrigin("localhost:3000"),
		`the allowed origin "http://localhost/app"` + origin:   fake.AllowedOrigin("http://localhost/app"),
		`the allowed origin "http://ada@localhost"` + origin:   fake.AllowedOrigin("http://ada@localhost"),
		`the allowed origin "chrome-extension://abc"` + origin: fake.AllowedOrigin("chrome-extension://abc"),
	} {
		_, err := fake.Start(fake.WithoutSocket(), option)
		if !errors.As(err, new(*fake.OptionError)) || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestADeliveryOfAWebhookIsNotForTheControlAPI(t *testing.T) {
	t.Parallel()
	got := newClient(t).do("POST", "/_fake/reset", "", func(r *http.Request) { r.Header.Set("Attio-Signature", "abc") })
	want := answer{403, `{"error":"the control API does not accept webhook deliveries; point the webhook at a receiver of your own"}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
