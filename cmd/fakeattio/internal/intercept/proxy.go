package intercept

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"time"
)

// ServeHTTP answers what a client asks of a proxy, and lets the handler answer what it asks of Attio.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodConnect:
		f.connect(w, r)
	case r.URL.Host != "": // the whole URL instead of its path: RFC 9112, section 3.2.2
		f.absolute(w, r)
	default:
		f.answer(w, r)
	}
}

func (f *Front) answer(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != CAPath {
		f.handler.ServeHTTP(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "%s has a GET alone", CAPath)
		return
	}
	pem, err := f.CA()
	if err != nil {
		refuse(w, http.StatusInternalServerError, "%v", err)
		return
	}
	w.Header().Set("Content-Type", "application/x-pem-file")
	_, _ = w.Write(pem)
}

// connect answers CONNECT: Attio's hosts are here, and others behind a tunnel, if they may be.
func (f *Front) connect(w http.ResponseWriter, r *http.Request) {
	name, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		refuse(w, http.StatusBadRequest, "CONNECT needs a host and a port, such as api.attio.com:443, not %q", r.Host)
		return
	}
	here := isAttio(name) && port == "443"
	if !here && f.onward == nil {
		f.refuseHost(w, r.Host)
		return
	}
	if r.ProtoMajor != 1 {
		refuse(w, http.StatusNotImplemented, "the proxy takes CONNECT over HTTP/1.1 alone")
		return
	}
	var upstream net.Conn
	if !here {
		if upstream, err = dial(r.Context(), r.Host); err != nil {
			refuse(w, http.StatusBadGateway, "the proxy cannot reach %s: %v", r.Host, err)
			return
		}
	}
	client, err := takeOver(w)
	if err != nil {
		if upstream != nil {
			_ = upstream.Close()
		}
		return // the client has gone
	}
	if here {
		f.secure.add(arrival{conn: client})
		return
	}
	f.tunnel(client, upstream)
}

// takeOver tells the client that it is connected, and returns the connection.
func takeOver(w http.ResponseWriter) (net.Conn, error) {
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, err
	}
	_ = conn.SetDeadline(time.Time{}) // those of the request that it was
	if _, err := conn.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n")); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return begun{conn, buffered.Reader}, nil
}

// absolute answers a request with a whole URL, as clients send it to a proxy. Some do so for https URLs too.
func (f *Front) absolute(w http.ResponseWriter, r *http.Request) {
	name, port := r.URL.Hostname(), r.URL.Port()
	standard := map[string]string{"http": "80", "https": "443"}[r.URL.Scheme]
	if isAttio(name) && standard != "" && (port == "" || port == standard) || own(r) {
		f.answer(w, origin(r))
		return
	}
	if f.onward == nil {
		f.refuseHost(w, r.URL.Host)
		return
	}
	f.onward.ServeHTTP(w, r)
}

// origin returns the request as one that did not go through a proxy.
func origin(r *http.Request) *http.Request {
	out := r.Clone(r.Context())
	out.URL = &url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
	out.RequestURI = r.URL.RequestURI()
	for _, name := range []string{"Proxy-Connection", "Proxy-Authorization"} {
		out.Header.Del(name)
	}
	if r.URL.Scheme == "https" && out.TLS == nil {
		out.TLS = new(tls.ConnectionState)
	}
	return out
}

// isAttio reports whether a name is one of Attio's.
func isAttio(name string) bool {
	return slices.Contains(Hosts(), strings.ToLower(strings.TrimSuffix(name, ".")))
}

// own reports whether a whole URL is that of the address at which the request has come in.
func own(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok || r.URL.Port() != fmt.Sprint(local.Port) {
		return false
	}
	ip := net.ParseIP(r.URL.Hostname())
	return r.URL.Hostname() == "localhost" && local.IP.IsLoopback() || ip != nil && ip.Equal(local.IP)
}

func (f *Front) refuseHost(w http.ResponseWriter, host string) {
	refuse(w, http.StatusForbidden, "the proxy leads to %s, port 443, and not to %q; to pass other hosts on, start it with --proxy-passthrough, "+
		"which is possible while it listens on loopback alone", strings.Join(Hosts(), " and "), host)
}

// refuse answers as the control API does.
func refuse(w http.ResponseWriter, status int, format string, args ...any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": fmt.Sprintf(format, args...)})
}

// onward passes requests with a whole URL on to its host.
func onward() *httputil.ReverseProxy {
	return &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.Out.Host = r.In.Host },
		FlushInterval: -1, // streams have no pauses of the proxy's making
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, DisableCompression: true, ForceAttemptHTTP2: true},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			refuse(w, http.StatusBadGateway, "the proxy cannot reach %s: %v", r.URL.Host, err)
		},
	}
}
