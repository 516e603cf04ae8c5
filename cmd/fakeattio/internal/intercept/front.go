// Package intercept lets a server answer as https://api.attio.com: it makes certificates, accepts TLS, and is the proxy that
// clients with a hard-coded host can be sent through. It knows nothing of what is answered.
package intercept

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httputil"
	"slices"
	"sync"
)

// Hosts are the names that the server answers for.
func Hosts() []string { return []string{"api.attio.com", "app.attio.com"} }

// CAPath is where the server shows the certificate to trust.
const CAPath = "/_fake/ca.pem"

// Front stands between sockets and a handler. It answers a proxy's requests itself.
type Front struct {
	handler   http.Handler
	authority func() (*Authority, error)
	onward    *httputil.ReverseProxy // nil if other hosts are refused
	leaves    leaves
	plain     []net.Listener
	encrypted []net.Listener // accept TLS and nothing else
	secure    *queue         // the connections that turn out to be TLS

	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	tunnels sync.WaitGroup
}

// NewFront makes a front of a handler, with a certificate for Attio's names, localhost, and some names and IP addresses more. It
// asks for the authority when somebody needs the certificate: keys take a millisecond to make, and plain HTTP needs none.
func NewFront(handler http.Handler, authority func() (*Authority, error), names ...string) *Front {
	f := &Front{handler: handler, authority: sync.OnceValues(authority), secure: newQueue(nil)}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	f.leaves = leaves{authority: f.authority, names: append(Hosts(), "localhost")}
	for _, name := range names {
		if !slices.Contains(f.leaves.names, name) {
			f.leaves.names = append(f.leaves.names, name)
		}
	}
	return f
}

// Prepare makes the certificate before somebody needs it, so that the server does not start if it cannot be made.
func (f *Front) Prepare() error {
	_, err := f.leaves.get("")
	return err
}

// CA returns the certificate to trust, in PEM.
func (f *Front) CA() ([]byte, error) {
	authority, err := f.authority()
	if err != nil {
		return nil, err
	}
	return authority.PEM(), nil
}

// PassThrough lets the proxy pass other hosts on instead of refusing them.
func (f *Front) PassThrough() { f.onward = onward() }

// Listen lets the front answer on a listener: plain HTTP, and TLS too if it is to tell them apart.
func (f *Front) Listen(listener net.Listener, both bool) {
	if both {
		listener = newSplit(f.ctx, listener, f.secure)
	}
	f.plain = append(f.plain, listener)
}

// ListenTLS lets the front answer on a listener by TLS alone.
func (f *Front) ListenTLS(listener net.Listener) { f.encrypted = append(f.encrypted, listener) }

// Serve lets a server answer on all listeners, until one of them fails or the server is shut down.
func (f *Front) Serve(server *http.Server) error {
	server.Handler = f
	server.TLSConfig = &tls.Config{
		// Named here because Serve sets the server up, without HTTP/2 otherwise, if it comes before ServeTLS.
		NextProtos:     []string{"h2", "http/1.1"},
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) { return f.leaves.get(called(hello)) },
	}
	encrypted := append(slices.Clip(f.encrypted), f.secure)
	ended := make(chan error, len(f.plain)+len(encrypted))
	for _, listener := range f.plain {
		go func() { ended <- server.Serve(listener) }()
	}
	for _, listener := range encrypted {
		go func() { ended <- server.ServeTLS(listener, "", "") }()
	}
	return <-ended
}

// Close ends what a server does not know of: tunnels to other hosts, and connections that have said nothing yet.
func (f *Front) Close() {
	f.cancel()
	_ = f.secure.Close()
	f.tunnels.Wait()
	if f.onward != nil {
		f.onward.Transport.(*http.Transport).CloseIdleConnections()
	}
}

// called returns the IP address that a client has called, if it called by no name.
func called(hello *tls.ClientHelloInfo) string {
	if tcp, ok := hello.Conn.LocalAddr().(*net.TCPAddr); ok && hello.ServerName == "" {
		return tcp.IP.String()
	}
	return ""
}

// leaves makes the certificate of the server, and another one when a name is missing or it expires.
type leaves struct {
	authority func() (*Authority, error)

	mu      sync.Mutex
	names   []string
	present *tls.Certificate
}

// get returns a certificate with all names, and one more unless it is empty.
func (l *leaves) get(name string) (*tls.Certificate, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if name != "" && !slices.Contains(l.names, name) {
		l.names, l.present = append(l.names, name), nil
	}
	authority, err := l.authority()
	if err != nil {
		return nil, err
	}
	if l.present != nil && fresh(l.present.Leaf, authority.certificate) {
		return l.present, nil
	}
	made, err := authority.issue(l.names)
	if err != nil {
		return nil, err
	}
	l.present = made
	return made, nil
}
