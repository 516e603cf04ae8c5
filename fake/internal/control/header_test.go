package control

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/api"
)

func TestHeadersAreKeptWithoutSecrets(t *testing.T) {
	t.Parallel()
	sent := http.Header{
		"Accept":              {"application/json", "text/plain"},
		"Authorization":       {"Bearer 0123"},
		"Cookie":              {"session=0123; theme=dark"},
		"Idempotency-Key":     {"kept"},
		"Proxy-Authorization": {"Basic 0123"},
		"Set-Cookie":          {"session=0123; Path=/; HttpOnly", "other=0123"},
		"X-Api-Key":           {"0123"},
		"X-Long":              {strings.Repeat("x", maxValue+1)},
		"X-Lines":             {"a\r\nB: c"},
	}
	want := http.Header{
		"Accept":              {"application/json", "text/plain"},
		"Authorization":       {"Bearer [redacted]"},
		"Cookie":              {"session=[redacted]; theme=[redacted]"},
		"Idempotency-Key":     {"kept"},
		"Proxy-Authorization": {"[redacted]"},
		"Set-Cookie":          {"session=[redacted]; Path=/; HttpOnly", "other=[redacted]"},
		"X-Api-Key":           {"[redacted]"},
		"X-Long":              {strings.Repeat("x", maxValue) + "…"},
		"X-Lines":             {"a  B: c"},
	}
	if diff := cmp.Diff(want, headerOf(sent, new(api.Call)).HTTP()); diff != "" {
		t.Error(diff)
	}
	if encoded, err := headerOf(http.Header{"A": {"b", "c"}}, new(api.Call)).MarshalJSON(); err != nil || string(encoded) != `{"A":["b","c"]}` {
		t.Errorf("%s %v", encoded, err)
	}
}

func TestATextIsCutBetweenTwoLetters(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", "abc": "abc", "abcd": "abc…", "abé": "ab…", "aéb": "aé…"} {
		if got := shorten(text, 3); got != want {
			t.Errorf("%q was shortened to %q, want %q", text, got, want)
		}
	}
}

func TestNoHeaderThatIsKeptUnseenNamesASecret(t *testing.T) {
	t.Parallel()
	for name := range open {
		if got := withoutSecret(strings.ToLower(name), "value", &api.Call{}); got != "value" {
			t.Errorf("%s is a secret in lower case: %s", name, got)
		}
	}
}
