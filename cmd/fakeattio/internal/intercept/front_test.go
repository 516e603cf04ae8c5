package intercept

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// echo answers with what has come in.
var echo = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "%s %s %s%s tls=%t", r.Proto, r.Method, r.Host, r.URL.RequestURI(), r.TLS != nil)
})

// serving starts a server whose front answers by echo, and returns the address at which it speaks both HTTP and HTTPS.
func serving(t *testing.T, passThrough bool) (address string, roots *x509.CertPool) {
	t.Helper()
	front := NewFront(echo, func() (*Authority, error) { return NewAuthority() })
	if passThrough {
		front.PassThrough()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	front.Listen(listener, true)
	server := &http.Server{ErrorLog: log.New(io.Discard, "", 0)}
	ended := make(chan error, 1)
	go func() { ended <- front.Serve(server) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		front.Close()
		if err := <-ended; err != http.ErrServerClosed {
			t.Error(err)
		}
	})
	roots = x509.NewCertPool()
	ca, err := front.CA()
	if err != nil {
		t.Fatal(err)
	}
	roots.AppendCertsFromPEM(ca)
	return listener.Addr().String(), roots
}

// client trusts the authorities and goes through a proxy, if there is one.
func client(t *testing.T, proxy string, roots *x509.CertPool, http2 bool) *http.Client {
	t.Helper()
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: http2}
	if proxy != "" {
		transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: proxy})
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// get returns what a GET is answered.
func get(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	response, err := client.Get(url)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d %s", response.StatusCode, body)
}

func TestAttioIsReachedByEveryWay(t *testing.T) {
	t.Parallel()
	address, roots := serving(t, false)
	_, port, _ := net.SplitHostPort(address)
	for _, test := range []struct {
		name  string
		proxy string
		http2 bool
		url   string
		want  string
	}{
		{"through the proxy by HTTP/1.1", address, false, "https://api.attio.com/v2/self?a=b", "200 HTTP/1.1 GET api.attio.com/v2/self?a=b tls=true"},
		{"through the proxy by HTTP/2", address, true, "https://api.attio.com/v2/self", "200 HTTP/2.0 GET api.attio.com/v2/self tls=true"},
		{"as app.attio.com", address, true, "https://app.attio.com/authorize", "200 HTTP/2.0 GET app.attio.com/authorize tls=true"},
		{"through the proxy without TLS", address, false, "http://api.attio.com/v2/self", "200 HTTP/1.1 GET api.attio.com/v2/self tls=false"},
		{"at its own address through the proxy", address, false, "http://" + address + "/v2/self", "200 HTTP/1.1 GET " + address + "/v2/self tls=false"},
		{"directly", "", false, "http://" + address + "/v2/self", "200 HTTP/1.1 GET " + address + "/v2/self tls=false"},
		{"directly by TLS, at an IP address", "", true, "https://" + address + "/v2/self", "200 HTTP/2.0 GET " + address + "/v2/self tls=true"},
		{"directly by TLS, at localhost", "", true, "https://localhost:" + port + "/v2/self", "200 HTTP/2.0 GET localhost:" + port + "/v2/self tls=true"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, get(t, client(t, test.proxy, roots, test.http2), test.url)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Some clients, axios among them, send the whole https URL to a proxy instead of a CONNECT.
func TestAWholeHTTPSURLIsAnsweredToo(t *testing.T) {
	t.Parallel()
	address, _ := serving(t, false)
	if got := raw(t, address, "GET https://api.attio.com/v2/self HTTP/1.1\r\nHost: api.attio.com\r\nConnection: close\r\n\r\n"); !strings.HasSuffix(got, "HTTP/1.1 GET api.attio.com/v2/self tls=true") {
		t.Errorf("got %s", got)
	}
}

// raw sends a text to an address and returns all that comes back.
func raw(t *testing.T, address, text string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

func TestOtherHostsAreRefusedWithASentence(t *testing.T) {
	t.Parallel()
	address, _ := serving(t, false)
	for request, want := range map[string]string{
		"CONNECT api.stripe.com:443 HTTP/1.1\r\nHost: api.stripe.com:443": `"error":"the proxy leads to api.attio.com and app.attio.com, port 443, and not to \"api.stripe.com:443\"; to pass other hosts on, start it with --proxy-passthrough, which is possible while it listens on loopback alone"`,
		"CONNECT api.attio.com:80 HTTP/1.1\r\nHost: api.attio.com:80":     `not to \"api.attio.com:80\"`,
		"CONNECT api.attio.com HTTP/1.1\r\nHost: api.attio.com":           `"error":"CONNECT needs a host and a port, such as api.attio.com:443, not \"api.attio.com\""`,
		"GET http://example.com/ HTTP/1.1\r\nHost: example.com":           `not to \"example.com\"`,
		"GET http://api.attio.com:8080/ HTTP/1.1\r\nHost: x":              `not to \"api.attio.com:8080\"`,
		"POST /_fake/ca.pem HTTP/1.1\r\nHost: x\r\nContent-Length: 0":     `"error":"/_fake/ca.pem has a GET alone"`,
	} {
		if got := raw(t, address, request+"\r\nConnection: close\r\n\r\n"); !strings.Contains(got, want) || strings.HasPrefix(got, "HTTP/1.1 200") {
			t.Errorf("%q was answered %q, want %s", request, got, want)
		}
	}
}

func TestOtherHostsArePassedOn(t *testing.T) {
	t.Parallel()
	plain := httptest.NewServer(echo)
	t.Cleanup(plain.Close)
	encrypted := httptest.NewUnstartedServer(echo)
	encrypted.EnableHTTP2 = true
	encrypted.StartTLS()
	t.Cleanup(encrypted.Close)
	roots := x509.NewCertPool()
	roots.AddCert(encrypted.Certificate())

	address, _ := serving(t, true)
	through := client(t, address, roots, true)
	want := "200 HTTP/1.1 GET " + plain.Listener.Addr().String() + "/a?b=c tls=false"
	if diff := cmp.Diff(want, get(t, through, plain.URL+"/a?b=c")); diff != "" {
		t.Error(diff)
	}
	want = "200 HTTP/2.0 GET " + encrypted.Listener.Addr().String() + "/a tls=true"
	if diff := cmp.Diff(want, get(t, through, encrypted.URL+"/a")); diff != "" {
		t.Error(diff)
	}
	nobody := unused(t)
	if got := get(t, through, "https://"+nobody+"/"); !strings.Contains(got, "Bad Gateway") {
		t.Errorf("a host that does not answer: %s", got)
	}
	if got := get(t, through, "http://"+nobody+"/"); !strings.HasPrefix(got, `502 {"error":"the proxy cannot reach `+nobody+": ") {
		t.Errorf("a host that does not answer: %s", got)
	}
}

// unused returns an address at which nobody listens.
func unused(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func TestAnotherProxyIsGoneThrough(t *testing.T) {
	t.Parallel()
	far := httptest.NewServer(echo)
	t.Cleanup(far.Close)
	near, _ := serving(t, true)
	refusing, _ := serving(t, false)
	for _, test := range []struct{ name, proxy, wrong string }{
		{"one that passes on", "http://user:secret@" + near, ""},
		{"one that refuses", "http://user:secret@" + refusing, "the proxy http://user:xxxxx@" + refusing + ": it answered 403 Forbidden"},
		{"one of an unknown kind", "socks5://" + near, "the proxy socks5://" + near + ": only http and https proxies can be used, not socks5"},
	} {
		proxy, err := url.Parse(test.proxy)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := dialThrough(t.Context(), proxy, far.Listener.Addr().String())
		if test.wrong != "" {
			if err == nil || err.Error() != test.wrong {
				t.Errorf("%s: %v, want %s", test.name, err, test.wrong)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		fmt.Fprint(conn, "GET /far HTTP/1.1\r\nHost: far\r\nConnection: close\r\n\r\n")
		answer, _ := io.ReadAll(conn)
		_ = conn.Close()
		if !strings.HasSuffix(string(answer), "GET far/far tls=false") {
			t.Errorf("%s: %s", test.name, answer)
		}
	}
}

func TestTheCertificateToTrustIsServed(t *testing.T) {
	t.Parallel()
	address, roots := serving(t, false)
	got := get(t, client(t, address, roots, true), "https://api.attio.com"+CAPath)
	served := x509.NewCertPool()
	if !served.AppendCertsFromPEM([]byte(strings.TrimPrefix(got, "200 "))) || !served.Equal(roots) {
		t.Errorf("got %s", got)
	}
}
