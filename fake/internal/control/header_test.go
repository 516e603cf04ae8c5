package control

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

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
	if diff := cmp.Diff(want, headerOf(sent, new(api.Call), time.Time{}, new(sharedTexts)).HTTP()); diff != "" {
		t.Error(diff)
	}
	if encoded, err := headerOf(http.Header{"A": {"b", "c"}}, new(api.Call), time.Time{}, new(sharedTexts)).MarshalJSON(); err != nil || string(encoded) != `{"A":["b","c"]}` {
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

func TestHeadersShareWhatIsTheSameInManyRequests(t *testing.T) {
	t.Parallel()
	texts := new(sharedTexts)
	of := func(agent, id string) header {
		return headerOf(http.Header{"User-Agent": {agent}, "X-Request-Id": {id}}, new(api.Call), time.Time{}, texts)
	}
	first, second, third := of("curl", "1"), of("curl", "2"), of("node", "3")
	if unsafe.StringData(first.common) != unsafe.StringData(second.common) {
		t.Error("two headers have a text each")
	}
	if diff := cmp.Diff(http.Header{"User-Agent": {"curl"}, "X-Request-Id": {"2"}}, second.HTTP()); diff != "" {
		t.Error(diff)
	}
	sizes := []int{first.size(), second.size(), third.size()}
	if diff := cmp.Diff([]int{len("User-Agent: curl\nX-Request-Id: 1\n"), len("X-Request-Id: 2\n"), len("User-Agent: node\nX-Request-Id: 3\n")}, sizes); diff != "" {
		t.Error(diff)
	}
	for i := range 2 * maxShared >> 10 {
		of(strings.Repeat("x", 1<<10)+strconv.Itoa(i), "4")
	}
	if texts.bytes > maxShared || len(texts.known) > maxShared>>10 {
		t.Errorf("%d texts of %d bytes are remembered", len(texts.known), texts.bytes)
	}
}
