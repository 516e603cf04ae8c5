package api_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// observation is an error that somebody got from the real API: all of it, a part, or only its sentences.
type observation struct {
	When     string
	Status   int
	Body     json.RawMessage
	Fragment struct{ Code, Message string } `json:"body_fragment"`
	Message  string
	Nested   struct {
		Path    []string
		Message string
	}
}

// observations reads the observed errors, by the situation in which they occurred.
func observations(t *testing.T) map[string]observation {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(contract.Shared(t), "errors_observed.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []observation
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	found := make(map[string]observation)
	for _, o := range list {
		found[o.When] = o
	}
	return found
}

// whole is the observed body, or the body with the observed parts.
func (o observation) whole(t *testing.T) string {
	t.Helper()
	var body bytes.Buffer
	switch {
	case o.Body != nil:
		if err := json.Compact(&body, o.Body); err != nil {
			t.Fatal(err)
		}
	case o.Fragment.Code != "":
		return badRequest(o.Fragment.Code, strings.Replace(o.Fragment.Message, "<attribute uuid>", attributeID("deals/stage"), 1))
	default:
		return strings.TrimSuffix(badRequest("validation_type", o.Message), "}") + `,"validation_errors":[{"code":"invalid","path":["` +
			strings.Join(o.Nested.Path, `","`) + `"],"message":` + quote(o.Nested.Message) + `}]}`
	}
	return body.String()
}

func TestErrorsAreAsTheyWereSeen(t *testing.T) {
	t.Parallel()
	seen := observations(t)
	c := newCRM(t, fake.YAML(withDeals))
	for when, request := range map[string]struct{ verb, path, body string }{
		"PUT assert without matching_attribute":             {"PUT", "people/records", `{"data":{"values":{}}}`},
		"body without data":                                 {"POST", "people/records", `{}`},
		"create record without data.values":                 {"POST", "people/records", `{"data":{}}`},
		"personal-name object without its three keys":       {"POST", "people/records", `{"data":{"values":{"name":{}}}}`},
		"phone number without country information":          {"POST", "people/records", `{"data":{"values":{"phone_numbers":["5558675309"]}}}`},
		"unknown attribute slug in values / entry_values":   {"POST", "people/records", `{"data":{"values":{"week_starting":"x"}}}`},
		"unknown select option title":                       {"POST", "projects/records", `{"data":{"values":{"code":"1","stage":"X"}}}`},
		"unknown status title":                              {"POST", "deals/records", `{"data":{"values":{"stage":"X"}}}`},
		"required value missing (deal without owner/stage)": {"POST", "deals/records", `{"data":{"values":{"name":"x"}}}`},
		"assert on a non-unique attribute":                  {"PUT", "people/records?matching_attribute=job_title", `{"data":{"values":{}}}`},
	} {
		o, ok := seen[when]
		if !ok {
			t.Errorf("nobody has seen %q", when)
			continue
		}
		got := c.do(request.verb, "/v2/objects/"+request.path, raw("%s", request.body))
		if diff := cmp.Diff(o.whole(t), got.Body); got.Status != o.Status || diff != "" {
			t.Errorf("%s: got %d (-want +got):\n%s", when, got.Status, diff)
		}
	}
}

func TestOfSeveralProblemsTheFirstInTheBodysOrderAnswers(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	first := c.do("POST", "/v2/objects/people/records", raw(`{"data":{"values":{"email_addresses":["grace@example.com"]}}}`))
	if first.Status != 200 {
		t.Fatal(first.Body)
	}
	holder := c.server.Workspace("acme").Records("people")[0].ID()
	const unknown, bad, taken = `"zzz":1`, `"phone_numbers":["5558675309"]`, `"email_addresses":["GRACE@example.com"]`
	saysUnknown := badRequest("value_not_found", `Cannot find attribute with slug/ID "zzz".`)
	saysTaken := badRequest("uniqueness_conflict", `A value provided for attribute with slug "email_addresses" conflicts with one already in the system. `+
		`This attribute has a uniqueness constraint. Please ensure all values for this attribute do not exist on another record. Conflicting record IDs: `+holder)
	saysBad := strings.TrimSuffix(badRequest("validation_type", `An invalid value was passed to attribute with slug "phone_numbers".`), "}") +
		`,"validation_errors":[{"code":"invalid","path":["original_phone_number"],"message":"Invalid phone number, possibly due to missing country information."}]}`
	for values, want := range map[string]string{
		unknown + "," + bad + "," + taken: saysUnknown,
		bad + "," + taken + "," + unknown: saysBad,
		taken + "," + unknown + "," + bad: saysTaken,
		taken + "," + bad:                 saysTaken,
	} {
		got := c.do("POST", "/v2/objects/people/records", raw(`{"data":{"values":{%s}}}`, values))
		if diff := cmp.Diff(want, got.Body); diff != "" {
			t.Errorf("%s: %s", values, diff)
		}
	}
	if left := c.server.Workspace("acme").Records("people"); len(left) != 1 {
		t.Errorf("something was stored: %v", left)
	}
}
