package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestAShadowHasALineAndOneForEachDifference(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 15, 9, 26, 53, 17_000_000, time.UTC)
	key := fake.ShadowDifference{Path: "data.web_url", Kind: "extra-key", Severity: "notable", Fake: `a URL`, Other: "nothing"}
	for _, test := range []struct {
		name   string
		shadow fake.ShadowedRequest
		want   string
	}{
		{"a difference", fake.ShadowedRequest{Number: 7, Method: "GET", Path: "/v2/self", Outcome: "different", Duration: 210 * time.Millisecond, Differences: []fake.ShadowDifference{key, {Severity: "breaking", Fake: "JSON", Other: "<html>"}}},
			"09:26:53.017 shadow of #7 GET    /v2/self 210.0ms\n  notable: data.web_url: the fake has a URL, the other server nothing\n  breaking: body: the fake has JSON, the other server <html>"},
		{"many", fake.ShadowedRequest{Number: 7, Method: "GET", Path: "/v2/self", Outcome: "different", Differences: []fake.ShadowDifference{key, key, key, key, key, key, key}, More: 3},
			"09:26:53.017 shadow of #7 GET    /v2/self 0.0ms\n" + strings.Repeat("  notable: data.web_url: the fake has a URL, the other server nothing\n", 5) + "  and 5 more; GET /_fake/requests?after=6&limit=1 has them"},
		{"no answer", fake.ShadowedRequest{Number: 7, Method: "GET", Path: "/v2/self\x1b", Outcome: "failed", Failure: "it answered 503"},
			"09:26:53.017 shadow of #7 GET    /v2/self  the other server gave no answer: it answered 503"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, person{}.shadowLines(test.shadow, now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	var printed bytes.Buffer
	machine{slog.New(slog.NewJSONHandler(&printed, nil))}.shadowed(fake.ShadowedRequest{Number: 7, Method: "GET", Path: "/v2/self", Operation: "self.identify", Outcome: "different", Status: 200, OtherStatus: 200, Differences: []fake.ShadowDifference{key}})
	var line map[string]any
	if err := json.Unmarshal(printed.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	delete(line, "time")
	want := map[string]any{
		"level": "INFO", "msg": "shadow", "number": 7.0, "method": "GET", "path": "/v2/self", "operation": "self.identify", "outcome": "different", "status": 200.0, "other_status": 200.0,
		"differences": []any{"notable: data.web_url: the fake has a URL, the other server nothing"}, "other_duration_ms": 0.0,
	}
	if diff := cmp.Diff(want, line); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAKeyOfTheCommandsOwnStaysForTheShadowAlone(t *testing.T) {
	t.Parallel()
	at := surroundings{url: "http://127.0.0.1:1", key: key{token: token{Value: "fake"}}}
	present := []string{"ATTIO_API_KEY=real", "HOME=/"}
	for _, test := range []struct {
		name    string
		ownKey  bool
		present []string
		want    []string
	}{
		{"without a shadow", false, present, []string{"HOME=/", "ATTIO_BASE_URL=http://127.0.0.1:1", "FAKEATTIO_URL=http://127.0.0.1:1", "ATTIO_API_KEY=fake", "ATTIO_ACCESS_TOKEN=fake"}},
		{"with one", true, present, []string{"ATTIO_API_KEY=real", "HOME=/", "ATTIO_BASE_URL=http://127.0.0.1:1", "FAKEATTIO_URL=http://127.0.0.1:1"}},
		{"with one and no key", true, []string{"ATTIO_API_KEY=", "HOME=/"}, []string{"HOME=/", "ATTIO_BASE_URL=http://127.0.0.1:1", "FAKEATTIO_URL=http://127.0.0.1:1", "ATTIO_API_KEY=fake", "ATTIO_ACCESS_TOKEN=fake"}},
	} {
		at.ownKey = test.ownKey
		got, err := at.environment(test.present, nil)
		if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", test.name, err, diff)
		}
	}
}
