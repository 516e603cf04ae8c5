package webhook

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/subscription"
)

// network is the transport to receivers that are not in this process. It is made when it is first needed.
type network struct {
	roots     *x509.CertPool
	once      sync.Once
	transport *http.Transport
}

// Network is the transport of an engine that was given none. It trusts the certificates of some authorities, those of the
// machine if they are nil, and connects to no address that is forbidden to webhooks, by whatever name.
func Network(roots *x509.CertPool) http.RoundTripper { return &network{roots: roots} }

// RoundTrip sends one delivery.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	n.once.Do(func() {
		dialer := &net.Dialer{Control: refuseForbidden}
		n.transport = &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: n.roots},
			MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConnsPerHost:    1,
			MaxIdleConns:           100,
			IdleConnTimeout:        time.Minute,
			DisableCompression:     true,
		}
	})
	return n.transport.RoundTrip(r)
}

// refuseForbidden looks at the address that a name turned out to be, right before the connection: net.Dialer.Control.
func refuseForbidden(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	return subscription.ForbiddenAddress(to.Addr())
}

func (n *network) close() {
	n.once.Do(func() {})
	if n.transport != nil {
		n.transport.CloseIdleConnections()
	}
}

// receiver is whom deliveries are sent to.
const receiver = "the receiver"

// Reason says in plain words why a request over the network failed. The peer is whom it was sent to, such as "the receiver".
func Reason(err error, peer string) string {
	var (
		name        *net.DNSError
		dial        *net.OpError
		certificate *tls.CertificateVerificationError
		number      syscall.Errno
	)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("no answer within %v", timeout)
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Sprintf("there is no host with the name %q", name.Name)
	case errors.As(err, &name):
		return fmt.Sprintf("the host name %q cannot be looked up", name.Name)
	case errors.As(err, &certificate):
		return "the certificate of " + peer + " is not trusted: " + strings.TrimPrefix(certificate.Err.Error(), "x509: ")
	case errors.Is(err, http.ErrSchemeMismatch):
		return peer + " speaks HTTP and not HTTPS"
	case errors.Is(err, syscall.ECONNREFUSED) && errors.As(err, &dial):
		return fmt.Sprintf("nothing listens at %v", dial.Addr)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return peer + " closed the connection before its answer was whole"
	case errors.As(err, &number):
		return peer + " cannot be reached: " + number.Error()
	}
	if errors.As(err, &dial) {
		return dial.Err.Error()
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err.Error()
	}
	return err.Error()
}
