package control

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
)

// Guard keeps web pages of other sites away from the control API. Any page that a developer has open can send
// requests to this machine, and with DNS rebinding it can read the answers too.
type Guard struct {
	hosts   []string // allowed host names, besides those that no stranger can own
	origins []string // origins whose pages may use the control API
	pages   http.CrossOriginProtection
}

// NewGuard returns a guard that admits requests to these host names and pages of these origins.
func NewGuard(hosts, origins []string) (*Guard, error) {
	g := new(Guard)
	for _, host := range hosts {
		if _, err := netip.ParseAddr(host); err == nil {
			continue // IP addresses are always allowed
		}
		if host == "" || strings.ContainsAny(host, "/:@*?# ") {
			return nil, fmt.Errorf("the allowed host %q is not a host name; write one such as attio.example.com, without scheme, port or path", host)
		}
		g.hosts = append(g.hosts, canonicalHost(host))
	}
	for _, text := range origins {
		origin, ok := parseOrigin(text)
		if !ok || g.pages.AddTrustedOrigin(origin) != nil {
			return nil, fmt.Errorf("the allowed origin %q is not an origin; write the scheme, host and port of the pages, such as http://localhost:3000", text)
		}
		g.origins = append(g.origins, origin)
	}
	return g, nil
}

// parseOrigin returns an origin in the form that browsers send.
func parseOrigin(text string) (string, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return "", false
	}
	if u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	host := strings.ToLower(u.Host)
	return u.Scheme + "://" + strings.TrimSuffix(host, map[string]string{"http": ":80", "https": ":443"}[u.Scheme]), true
}

// check refuses a request that a web page of another site may have sent.
func (g *Guard) check(r *http.Request) *refusal {
	if r.Header.Get("Attio-Signature") != "" {
		return forbidden("the control API does not accept webhook deliveries; point the webhook at a receiver of your own")
	}
	if name := hostname(r.Host); overNetwork(r) && !g.knows(name) {
		return forbidden("the control API does not answer to the host name %q, which could belong to a foreign web page; "+
			"to allow it, start the server with --allowed-host %s (in Go: fake.AllowedHost)", name, name)
	}
	if g.foreign(r) {
		from := "Origin: " + r.Header.Get("Origin")
		if r.Header.Get("Origin") == "" {
			from = "Sec-Fetch-Site: " + r.Header.Get("Sec-Fetch-Site")
		}
		return forbidden("the control API does not answer web pages of other sites, and this request comes from one (%s); "+
			"to allow it, start the server with --allowed-origin and the origin of the page, such as http://localhost:3000 (in Go: fake.AllowedOrigin)", from)
	}
	return nil
}

func forbidden(format string, args ...any) *refusal {
	return &refusal{status: http.StatusForbidden, message: fmt.Sprintf(format, args...)}
}

// overNetwork reports whether a request came through an http.Server. A test that calls the handler directly is not a
// browser and may have made up any host.
func overNetwork(r *http.Request) bool { return r.Context().Value(http.ServerContextKey) != nil }

// foreign reports whether the headers that browsers add belong to a page of another site. It treats reads like writes,
// and checks Origin even without Sec-Fetch-Site, which browsers omit over plain HTTP to another machine. A link to the
// console may stand anywhere: its pages only show, to the person who followed it, and in no frame of the other site.
func (g *Guard) foreign(r *http.Request) bool {
	if r.Method == http.MethodGet && isConsole(r.URL.Path) && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document" {
		return false
	}
	asked := &http.Request{Method: http.MethodPost, Host: r.Host, URL: r.URL, Header: http.Header{"Origin": r.Header["Origin"]}}
	if g.pages.Check(asked) != nil {
		return true
	}
	asked.Header["Sec-Fetch-Site"] = r.Header["Sec-Fetch-Site"]
	return g.pages.Check(asked) != nil
}

// allowedOrigin returns the origin of a request if it is allowed, else "".
func (g *Guard) allowedOrigin(r *http.Request) string {
	if origin := r.Header.Get("Origin"); slices.Contains(g.origins, origin) {
		return origin
	}
	return ""
}

// knows reports whether the server answers to a host name: one that was allowed, or one that no stranger can point at
// this machine. An empty name is fine, because browsers always send one.
func (g *Guard) knows(name string) bool {
	if _, err := netip.ParseAddr(name); err == nil || !strings.Contains(name, ".") {
		return true
	}
	for _, below := range []string{".localhost", ".local", ".internal"} {
		if strings.HasSuffix(name, below) {
			return true
		}
	}
	return slices.Contains(g.hosts, name)
}

// hostname returns the name in a Host header.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return canonicalHost(strings.Trim(host, "[]"))
}

// canonicalHost returns the one spelling of a host name: in lower case, without the final dot.
func canonicalHost(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// admit adds the CORS headers that pages of an allowed origin need. It reports whether the request was a preflight,
// which it has then answered.
func (g *Guard) admit(w http.ResponseWriter, r *http.Request) (answered bool) {
	if len(g.origins) == 0 {
		return false
	}
	header := w.Header()
	header.Set("Vary", "Origin")
	origin := g.allowedOrigin(r)
	if origin == "" {
		return false
	}
	header.Set("Access-Control-Allow-Origin", origin)
	header.Set("Access-Control-Expose-Headers", "*")
	return answerPreflight(w, r)
}

// answerPreflight answers a preflight, allowing every method and header, and reports whether the request was one.
func answerPreflight(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	api.Preflight(w.Header(), r)
	w.WriteHeader(http.StatusNoContent)
	return true
}
