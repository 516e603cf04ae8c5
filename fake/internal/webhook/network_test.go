package webhook

import (
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const metadata = "a webhook cannot send to a link-local address, or to one from which machines get their metadata; name a receiver of yours"

// attemptAt returns the result of the first attempt to deliver to a URL.
func attemptAt(t *testing.T, url string) Attempt {
	t.Helper()
	r := newRig(t, world.Start{At: noon, Frozen: true})
	r.hook(url)
	r.add(1)
	if err := r.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	attempt := r.Deliveries()[0].Attempts[0]
	attempt.At, attempt.Duration = time.Time{}, 0
	return attempt
}

func TestAnAttemptThatFailsSaysWhyInPlainWords(t *testing.T) {
	t.Parallel()
	hangUp := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	plain, secure, rude := httptest.NewServer(hangUp), httptest.NewTLSServer(hangUp), httptest.NewServer(hangUp)
	t.Cleanup(func() { plain.Close(); secure.Close(); rude.Close() })
	closed := httptest.NewServer(hangUp)
	closed.Close()
	for name, tc := range map[string]struct{ url, want string }{
		"nothing listens":                {closed.URL, "nothing listens at " + strings.TrimPrefix(closed.URL, "http://")},
		"a certificate of nobody":        {secure.URL, "the certificate of the receiver is not trusted: certificate signed by unknown authority"},
		"HTTP in the place of HTTPS":     {"https" + strings.TrimPrefix(plain.URL, "http"), "the receiver speaks HTTP and not HTTPS"},
		"a receiver that hangs up":       {rude.URL, "the receiver closed the connection before its answer was whole"},
		"a webhook of a metadata server": {"http://2852039166/", metadata},
		"a webhook of a control API": {rude.URL + "/_fake/reset",
			"a webhook cannot send to /_fake, which is the control API of this or another fake; name a receiver of yours"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(Attempt{Error: tc.want}, attemptAt(t, tc.url)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnErrorOfTheNetworkIsToldInPlainWords(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		`there is no host with the name "receiver.invalid"`:      &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "receiver.invalid", IsNotFound: true}},
		`the host name "receiver.example" cannot be looked up`:   &net.DNSError{Err: "server misbehaving", Name: "receiver.example", IsTemporary: true},
		"the receiver cannot be reached: network is unreachable": &net.OpError{Op: "dial", Err: syscall.ENETUNREACH},
		"something else": errors.New("something else"),
	} {
		if got := Reason(err, receiver); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWhatANameTurnsOutToBeIsLookedAtBeforeItIsDialled(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"169.254.169.254:80":          metadata,
		"[::ffff:169.254.169.254]:80": metadata,
		"[fe80::1%eth0]:443":          metadata,
		"[fd00:ec2::254]:80":          metadata,
		"127.0.0.1:80":                "",
		"[::1]:80":                    "",
		"10.0.0.1:80":                 "",
		"93.184.215.14:443":           "",
	} {
		got := ""
		if err := refuseForbidden("tcp", address, nil); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
	// The dialer checks the address, whatever the request says.
	request, _ := http.NewRequest(http.MethodPost, "http://[::ffff:169.254.169.254]/", nil)
	if _, err := Network(nil).RoundTrip(request); err == nil || Reason(err, receiver) != metadata {
		t.Errorf("the dialer: %v", err)
	}
}

func TestTheNetworkTrustsTheAuthoritiesThatItIsGiven(t *testing.T) {
	t.Parallel()
	receiver := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	defer receiver.Close()
	pool := x509.NewCertPool()
	pool.AddCert(receiver.Certificate())
	own := Network(pool)
	defer own.(*network).close()
	request, _ := http.NewRequest(http.MethodPost, receiver.URL, nil)
	response, err := own.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		t.Errorf("got %d", response.StatusCode)
	}
}
