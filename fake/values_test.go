package fake_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// rank is a type that has JSON of its own.
type rank struct{ title string }

func (r rank) MarshalJSON() ([]byte, error) { return []byte(`{"value":"` + r.title + `"}`), nil }

func TestGoValuesBecomeWriteForms(t *testing.T) {
	t.Parallel()
	acme, project := everything(t)
	ada, bob := acme.Member("ada"), acme.Member("bob")
	lead := acme.Record("people", project.Ref("lead"))
	zurich := time.FixedZone("", 3600)
	for name, tc := range map[string]struct {
		attribute string
		value     any
		want      any // of the last member of the value's JSON
	}{
		"a string":              {"title", "x", "x"},
		"no HTML":               {"title", "<&>", "<&>"},
		"a long form":           {"title", map[string]string{"value": "x"}, "x"},
		"a marshaler":           {"title", rank{"Admiral"}, "Admiral"},
		"a pointer":             {"title", new("x"), "x"},
		"an int":                {"size", 1 << 40, float64(1 << 40)},
		"a float":               {"size", float32(0.5), 0.5},
		"a bool":                {"done", false, false},
		"a time as a timestamp": {"met_at", noon.In(zurich), "2026-01-15T12:00:00.000000000Z"},
		"a time as a date":      {"due", noon.In(zurich), "2026-01-15"},
		"a duration":            {"size", time.Microsecond, 1000.0},
		"a record":              {"lead", lead, lead.ID()},
		"records":               {"lead", []fake.Record{lead}, lead.ID()},
		"a record among others": {"lead", []any{lead}, lead.ID()},
		"a member":              {"owners", []any{ada}, ada.ID},
		"members":               {"owners", []fake.Member{bob, ada}, bob.ID},
		"strings":               {"sites", []string{"b.example.com", "a.example.com"}, "example.com"},
		"a struct": {"place", struct {
			Line1       *string `json:"line_1"`
			Line2       *string `json:"line_2"`
			Line3       *string `json:"line_3"`
			Line4       *string `json:"line_4"`
			Locality    string  `json:"locality"`
			Region      *string `json:"region"`
			Postcode    *string `json:"postcode"`
			CountryCode *string `json:"country_code"`
			Latitude    *string `json:"latitude"`
			Longitude   *string `json:"longitude"`
		}{Locality: "Arlington"}, "Arlington"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			written := acme.Create("projects", fake.Values{tc.attribute: tc.value}).Value(tc.attribute)
			for _, key := range []string{"value", "target_record_id", "referenced_actor_id", "root_domain", "locality"} {
				if got, ok := written[key]; ok {
					if diff := cmp.Diff(tc.want, got); diff != "" {
						t.Error(diff)
					}
					return
				}
			}
			t.Errorf("got %v", written)
		})
	}
}

func TestAnAttributeIsWrittenByItsIDToo(t *testing.T) {
	t.Parallel()
	acme, _ := everything(t)
	id := acme.Attribute("projects", "title").ID
	if got := acme.Create("projects", fake.Values{id: "COBOL"}).Text("title"); got != "COBOL" {
		t.Errorf("got %q", got)
	}
}

// A Go map has no order, but of two wrong values always the same is to be reported.
func TestValuesAreWrittenInTheOrderOfTheObject(t *testing.T) {
	t.Parallel()
	for range 20 {
		var test recorder
		srv := fake.New(&test, emptyAcme(), fake.WithoutSocket())
		srv.Workspace("acme").Create("people", fake.Values{"job_title": 1, "description": 2, "name": 3, "email_addresses": 4})
		srv.Close()
		if len(test.fatal) != 1 || !strings.Contains(test.fatal[0], `attribute with slug "name"`) {
			t.Fatalf("got %q", test.fatal)
		}
	}
}

// The values' own code runs outside of the transaction, where it may use the server.
type curious struct{ srv *fake.Server }

func (c curious) MarshalJSON() ([]byte, error) {
	c.srv.Workspace("acme").Create("people", nil)
	return []byte(`"x"`), nil
}

func TestAMarshalerMayUseTheServer(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	acme.Create("people", fake.Values{"job_title": curious{srv}})
	if got := len(acme.Records("people")); got != 2 {
		t.Errorf("there are %d records", got)
	}
}

func TestGoAndHTTPAreRefusedInTheSameWords(t *testing.T) {
	t.Parallel()
	for body, values := range map[string]fake.Values{
		`{"job_title":7}`:                      {"job_title": 7},
		`{"nobody":1}`:                         {"nobody": 1},
		`{"email_addresses":"grace@navy.mil"}`: {"email_addresses": "grace@navy.mil"},
		`{"phone_numbers":["123"]}`:            {"phone_numbers": []string{"123"}},
		`{"record_id":"x"}`:                    {"record_id": "x"},
		`{"company":[{"target_object":"companies","target_record_id":"00000000-0000-4000-8000-000000000000"}]}`: {
			"company": []map[string]string{{"target_object": "companies", "target_record_id": "00000000-0000-4000-8000-000000000000"}}},
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, emptyAcme(), fake.WithoutSocket())
			defer srv.Close()
			srv.Workspace("acme").Create("people", values)
			status, answer := send(t, srv, http.MethodPost, "/v2/objects/people/records", `{"data":{"values":`+body+`}}`)
			if status != http.StatusBadRequest || len(test.fatal) != 1 {
				t.Fatalf("HTTP %d %s, Go %q", status, answer, test.fatal)
			}
			_, said, _ := strings.Cut(test.fatal[0], `create a record of "people": `)
			for line := range strings.SplitSeq(said, "\n") {
				_, message, nested := strings.Cut(line, ": ")
				if !nested {
					message = strings.TrimSpace(line) // of an item about all of the value
				}
				if message = strings.ReplaceAll(message, `"`, `\"`); !strings.Contains(answer, message) {
					t.Errorf("Go says %s\nwhich is not in %s", message, answer)
				}
			}
		})
	}
}
