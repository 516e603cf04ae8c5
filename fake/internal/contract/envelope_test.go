package contract

import (
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

func TestRecordedErrorsHaveTheEnvelope(t *testing.T) {
	t.Parallel()
	checked := 0
	for _, rec := range Recordings(t) {
		if rec.Answer.Status < 400 || !rec.HasBody() {
			continue
		}
		checked++
		if found := envelopeViolations(rec.Answer.Status, mustParse(t, rec.Answer.Body)); len(found) > 0 {
			t.Errorf("%s: %v", rec.Name, found)
		}
	}
	if checked == 0 {
		t.Error("no recorded error")
	}
}

func TestEnvelopeViolations(t *testing.T) {
	t.Parallel()
	const head = `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"No."`
	for _, test := range []struct{ name, body, want string }{
		{"plain", head + `}`, ``},
		{"with a path", head + `,"path":["a","0"]}`, ``},
		{"with an issue", head + `,"validation_errors":[{"code":"c","path":["a",0],"message":"m"}]}`, ``},
		{"with an issue of all keys", head + `,"validation_errors":[{"code":"c","path":[],"message":"m","expected":"e","received":"r","options":[],"string_validation":"uuid"}]}`, ``},
		{"not an object", `[]`, `{ an error is an object, not an array}`},
		{"an unknown key", head + `,"hint":"h"}`, `an error has the keys`},
		{"both path and issues", head + `,"path":[],"validation_errors":[{"code":"c","path":[],"message":"m"}]}`, `an error has the keys`},
		{"a key is missing", `{"status_code":400,"type":"auth_error","code":"c"}`, `an error has the keys`},
		{"another status", strings.Replace(head, "400", "404", 1) + `}`, `{/status_code want the number 400, got a number 404}`},
		{"a status in a string", strings.Replace(head, "400", `"400"`, 1) + `}`, `{/status_code want the number 400, got a string "400"}`},
		{"an unknown type", strings.Replace(head, "invalid_request_error", "oops", 1) + `}`, `{/type want one of`},
		{"no message", strings.Replace(head, "No.", "", 1) + `}`, `{/message want a string, got a string ""}`},
		{"an index in a filter's path is a string", head + `,"path":[1]}`, `{/path want an array of strings}`},
		{"no issues", head + `,"validation_errors":[]}`, `{/validation_errors want an array of at least one}`},
		{"an issue out of order", head + `,"validation_errors":[{"path":[],"code":"c","message":"m"}]}`, `{/validation_errors/0 begins with code, path and message`},
		{"an issue with an unknown key", head + `,"validation_errors":[{"code":"c","path":[],"message":"m","hint":"h"}]}`, `{/validation_errors/0 has an unknown key "hint"}`},
		{"an issue with another path", head + `,"validation_errors":[{"code":"c","path":"a","message":"m"}]}`, `{/validation_errors/0/path want an array of keys and indices}`},
		{"an issue with options that are none", head + `,"validation_errors":[{"code":"c","path":[],"message":"m","options":"o"}]}`, `{/validation_errors/0/options want an array, got a string "o"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found := envelopeViolations(400, mustParse(t, []byte(test.body)))
			var all []string
			for _, v := range found {
				all = append(all, "{"+v.pointer+" "+v.reason+"}")
			}
			got := strings.Join(all, " ")
			if test.want == "" && got != "" || len(found) > 1 || !strings.Contains(got, test.want) {
				t.Errorf("want %q, got %q", test.want, got)
			}
		})
	}
}

func mustParse(t *testing.T, text []byte) *compare.Node {
	t.Helper()
	n, err := compare.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
