package pull_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/live"
	"github.com/fakeattio/fakeattio/fake/internal/live/pull"
)

// pulled pulls a workspace of a server.
func pulled(t *testing.T, srv *fake.Server, workspace string, options pull.Options) *pull.Result {
	t.Helper()
	client, err := live.New("https://api.attio.com", srv.Token(workspace), srv.Transport())
	if err != nil {
		t.Fatal(err)
	}
	if options.Partial == "" {
		options.Partial = filepath.Join(t.TempDir(), "partial")
	}
	result, err := pull.Run(t.Context(), client, options)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestPullingFromTheFakeThatServesAFileGivesTheSameFile(t *testing.T) {
	t.Parallel()
	seed := int64(7)
	for name, options := range map[string]pull.Options{
		"as is":                       {AsIs: true},
		"as is, with history":         {AsIs: true, History: true},
		"anonymised":                  {Seed: &seed},
		"anonymised, with the schema": {Seed: &seed, AnonymiseSchema: true},
		"anonymised, with history":    {Seed: &seed, History: true},
	} {
		for _, scenario := range []string{"crm", "acme", "stock"} {
			t.Run(scenario+" "+name, func(t *testing.T) {
				t.Parallel()
				workspace := map[string]string{"crm": "fernhill", "acme": "acme", "stock": "stock"}[scenario]
				options.Include = pull.Includable()
				synctest.Test(t, func(t *testing.T) { checkRoundTrip(t, scenario, workspace, options) })
			})
		}
	}
}

func checkRoundTrip(t *testing.T, scenario, workspace string, options pull.Options) {
	srv := fake.New(t, fake.Scenario(scenario), fake.WithoutSocket())
	defer srv.Close()
	first := pulled(t, srv, workspace, options)
	if err := fake.CheckYAML(string(first.File)); err != nil {
		t.Fatal(err)
	}
	if first.LeftOut != nil || first.Missing != nil {
		t.Errorf("left out %q, missing %q", first.LeftOut, first.Missing)
	}
	again := fake.New(t, fake.YAML(string(first.File)), fake.WithoutSocket())
	defer again.Close()
	second := pulled(t, again, first.Workspace, pull.Options{AsIs: true, History: options.History, Include: options.Include})
	if diff := cmp.Diff(string(first.File), string(second.File)); diff != "" {
		t.Errorf("(-first +second):\n%s", diff)
	}
}

// generated is a workspace with records of every type.
const generated = `
version: 1
extends: [crm]
workspaces: {fernhill: {generate: {companies: 2500, people: 6500, deals: 1000}}}
`

func TestAPullOfTenThousandRecordsHasTheShapeOfTheWorkspace(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	t.Parallel()
	srv := fake.New(t, fake.YAML(generated), fake.WithoutSocket())
	first := pulled(t, srv, "fernhill", pull.Options{})
	if first.Records < 10_000 || first.LeftOut != nil {
		t.Fatalf("got %d records, left out %q", first.Records, first.LeftOut)
	}
	again := fake.New(t, fake.YAML(string(first.File)), fake.WithoutSocket())
	if diff := cmp.Diff(shapeOf(t, srv, "fernhill"), shapeOf(t, again, first.Workspace)); diff != "" {
		t.Errorf("(-workspace +pulled):\n%s", diff)
	}
	second := pulled(t, again, first.Workspace, pull.Options{AsIs: true})
	if !bytes.Equal(first.File, second.File) {
		t.Error("pulling from the fake that serves the file gives another file")
	}
}

// shapeOf counts what has to be the same in a workspace and its anonymised copy.
func shapeOf(t *testing.T, srv *fake.Server, workspace string) map[string]int {
	t.Helper()
	counts := make(map[string]int)
	for _, object := range []string{"companies", "people", "deals", "users", "workspaces", "rollouts"} {
		distinct := make(map[string]bool)
		for offset := 0; ; offset += 500 {
			var page struct {
				Data []struct {
					Values map[string][]map[string]any
				}
			}
			ask(t, srv, workspace, "POST", "/v2/objects/"+object+"/records/query", fmt.Sprintf(`{"limit":500,"offset":%d}`, offset), &page)
			for _, record := range page.Data {
				counts[object]++
				for slug, values := range record.Values {
					counts[object+"."+slug+" values"] += len(values)
					for _, v := range values {
						tally(counts, distinct, object+"."+slug, v)
					}
				}
			}
			if len(page.Data) < 500 {
				break
			}
		}
	}
	return counts
}

// tally counts what a value has of its shape.
func tally(counts map[string]int, distinct map[string]bool, attribute string, v map[string]any) {
	for _, part := range []string{"value", "full_name", "domain", "email_address", "phone_number", "target_record_id"} {
		if text, ok := v[part].(string); ok && v["attribute_type"] != "timestamp" && v["attribute_type"] != "date" {
			if !distinct[attribute+text] {
				distinct[attribute+text] = true
				counts[attribute+" distinct"]++
			}
			if v["attribute_type"] == "text" && !strings.Contains(text, "://") {
				counts[attribute+" length"] += len([]rune(text))
			}
		}
	}
	for _, part := range []string{"option", "status"} {
		if chosen, ok := v[part].(map[string]any); ok {
			counts[attribute+" "+chosen["title"].(string)]++
		}
	}
	if country, ok := v["country_code"].(string); ok {
		counts[attribute+" "+country]++
	}
}

func ask(t *testing.T, srv *fake.Server, workspace, method, path, body string, into any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "https://api.attio.com"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+srv.Token(workspace))
	request.Header.Set("Content-Type", "application/json")
	response, err := srv.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %d %v", method, path, response.StatusCode, err)
	}
}

// everything is a pull with all that there is, which repeats.
func everything() pull.Options {
	return pull.Options{Seed: new(int64(3)), History: true, Include: pull.Includable()}
}

func TestAPullGetsThroughLimitsAndFaults(t *testing.T) {
	t.Parallel()
	want := pulled(t, fake.New(t, fake.Scenario("crm"), fake.WithoutSocket()), "fernhill", everything()).File
	for name, faults := range map[string]string{
		"Attio's limits":    "limits: attio",
		"429":               "faults: {f: {fault: rate-limited, every: 4}}",
		"500":               "faults: {f: {fault: internal, every: 3}}",
		"502 in HTML":       "faults: {f: {fault: bad-gateway, every: 5}}",
		"answers cut off":   "faults: {f: {fault: cut-off, every: 3}}",
		"lost connections":  "faults: {f: {fault: disconnect, every: 4}}",
		"all of it at once": "limits: attio, faults: {a: {fault: rate-limited, every: 5}, b: {fault: cut-off, every: 7}, c: {fault: disconnect, every: 6}, d: {fault: unavailable, every: 9}}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv := fake.New(t, fake.YAML("version: 1\nextends: [crm]\nworkspaces: {fernhill: {"+faults+"}}\n"), fake.WithoutSocket())
				defer srv.Close()
				got := pulled(t, srv, "fernhill", everything())
				if diff := cmp.Diff(string(want), string(got.File)); diff != "" {
					t.Errorf("(-without +with):\n%s", diff)
				}
				if strings.Contains(faults, "fault:") == (got.Counts.Retries == 0) {
					t.Errorf("got %+v", got.Counts)
				}
			})
		})
	}
}

// failing is a transport that breaks for good after some requests.
type failing struct {
	http.RoundTripper
	left int
}

func (f *failing) RoundTrip(r *http.Request) (*http.Response, error) {
	if f.left--; f.left < 0 {
		return nil, errors.New("the network is down")
	}
	return f.RoundTripper.RoundTrip(r)
}

func TestAPullGoesOnWhereAnotherWasInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.Scenario("crm"), fake.WithoutSocket())
		defer srv.Close()
		want := pulled(t, srv, "fernhill", everything())
		options := everything()
		options.Partial = filepath.Join(t.TempDir(), "team.yaml.partial")
		for _, n := range []int{1, 2, 40, 200} {
			client := clientOf(t, srv, &failing{srv.Transport(), n})
			if _, err := pull.Run(t.Context(), client, options); err == nil || !strings.Contains(err.Error(), "the network is down") {
				t.Fatalf("got the error %v", err)
			}
			text, err := os.ReadFile(options.Partial)
			if err != nil || bytes.Contains(text, []byte(srv.Token("fernhill"))) {
				t.Fatalf("the partial file cannot be read (%v), or has the token", err)
			}
			if info, err := os.Stat(options.Partial); err != nil || info.Mode().Perm() != 0o600 {
				t.Fatalf("the partial file is not private: %v, %v", info.Mode(), err)
			}
			if n == 40 { // the machine went down while a line was written
				if err := os.WriteFile(options.Partial, text[:len(text)-20], 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		got, err := pull.Run(t.Context(), clientOf(t, srv, srv.Transport()), options)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want.File), string(got.File)); diff != "" {
			t.Errorf("(-at once +in pieces):\n%s", diff)
		}
		if got.Resumed < 200 || got.Counts.Requests+got.Resumed != want.Counts.Requests {
			t.Errorf("%d answers were there and %d requests sent, of %d", got.Resumed, got.Counts.Requests, want.Counts.Requests)
		}
		other := fake.New(t, fake.Scenario("acme"), fake.WithoutSocket())
		defer other.Close()
		client, err := live.New("https://api.attio.com", other.Token("acme"), other.Transport())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pull.Run(t.Context(), client, options); err == nil || !strings.Contains(err.Error(), "is of a pull of another workspace") {
			t.Errorf("got the error %v of a partial file of another workspace", err)
		}
	})
}

func clientOf(t *testing.T, srv *fake.Server, transport http.RoundTripper) *live.Client {
	t.Helper()
	client, err := live.New("https://api.attio.com", srv.Token("fernhill"), transport)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestWhatTheTokenMayNotReadIsLeftOutAndNamed(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.Scenario("crm"), fake.WithoutSocket())
	token := srv.Workspace("fernhill").AddToken(fake.Token{Scopes: []string{"object_configuration:read", "record_permission:read", "note:read"}}).Value
	client, err := live.New("https://api.attio.com", token, srv.Transport())
	if err != nil {
		t.Fatal(err)
	}
	result, err := pull.Run(t.Context(), client, pull.Options{Include: pull.Includable(), Partial: filepath.Join(t.TempDir(), "partial")})
	if err != nil {
		t.Fatal(err)
	}
	var sections []string
	for _, missing := range result.Missing {
		what, why, _ := strings.Cut(missing, ": ")
		sections = append(sections, what)
		if !strings.Contains(why, "scopes") {
			t.Errorf("%s gives no reason", missing)
		}
	}
	for _, want := range []string{"members", "lists", "views of companies", "comments", "tasks", "webhooks"} {
		if !slices.Contains(sections, want) {
			t.Errorf("%s is not among %q", want, sections)
		}
	}
	if err := fake.CheckYAML(string(result.File)); err != nil || result.Records == 0 {
		t.Errorf("got %d records, error %v", result.Records, err)
	}
}

func TestOnlyTheNewestOfTheChosenObjectsArePulled(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.Scenario("crm"), fake.WithoutSocket())
	result := pulled(t, srv, "fernhill", pull.Options{AsIs: true, Objects: []string{"companies"}, Limit: 3, Since: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)})
	again := fake.New(t, fake.YAML(string(result.File)), fake.WithoutSocket())
	var companies, people struct {
		Data []struct {
			CreatedAt time.Time `json:"created_at"`
		}
	}
	ask(t, again, "fernhill", "POST", "/v2/objects/companies/records/query", `{}`, &companies)
	ask(t, again, "fernhill", "POST", "/v2/objects/people/records/query", `{}`, &people)
	var newest struct {
		Data []struct {
			CreatedAt time.Time `json:"created_at"`
		}
	}
	ask(t, srv, "fernhill", "POST", "/v2/objects/companies/records/query", `{"limit":3,"sorts":[{"attribute":"created_at","direction":"asc"}],"offset":0}`, &newest)
	if len(companies.Data) != 3 || len(people.Data) != 0 || companies.Data[0].CreatedAt.Equal(newest.Data[0].CreatedAt) {
		t.Errorf("got %v and %v", companies.Data, people.Data)
	}
	client := clientOf(t, srv, srv.Transport())
	_, err := pull.Run(t.Context(), client, pull.Options{Objects: []string{"compnies"}, Partial: filepath.Join(t.TempDir(), "partial")})
	if err == nil || !strings.Contains(err.Error(), `did you mean "companies"`) {
		t.Errorf("got the error %v", err)
	}
}

func TestASchemaWithANameInItIsNotWritten(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.Scenario("acme"), fake.WithoutSocket())
	acme := srv.Workspace("acme")
	acme.Create("companies", fake.Values{"name": "Alder Clinics"})
	acme.AddAttribute("people", fake.Attribute{Title: "Brought by Alder Clinics", Slug: "brought", Type: "checkbox"})
	options := pull.Options{Partial: filepath.Join(t.TempDir(), "partial")}
	client, err := live.New("https://api.attio.com", srv.Token("acme"), srv.Transport())
	if err != nil {
		t.Fatal(err)
	}
	_, err = pull.Run(t.Context(), client, options)
	want := "something original would be left in the file, which therefore is not written:\n" +
		"  the title of objects/people/attributes/brought is the name of somebody or something; give the schema pseudonyms, too, with --anonymise-schema"
	if _, ok := errors.AsType[*pull.LeakError](err); !ok || err.Error() != want {
		t.Errorf("got the error %v, want %s", err, want)
	}
	options.AnonymiseSchema = true
	if _, err := pull.Run(t.Context(), client, options); err != nil {
		t.Error(err)
	}
}

// rewriting is a real side that has what the fake would refuse.
type rewriting struct {
	http.RoundTripper
	replace *strings.Replacer
}

func (r rewriting) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := r.RoundTripper.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	response.Body = io.NopCloser(strings.NewReader(r.replace.Replace(string(body))))
	return response, err
}

func TestWhatTheFakeRefusesIsLeftOutAndNamed(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.Scenario("crm"), fake.WithoutSocket())
	client := clientOf(t, srv, rewriting{srv.Transport(), strings.NewReplacer(
		`"grace.adeyemi@alder.example.com"`, `"grace at alder"`,
		`"op":"not_empty"`, `"op":"is_new"`,
		`"api_slug":"angellist"`, `"api_slug":"mastodon"`,
		`"type":"checkbox"`, `"type":"colour"`,
	)})
	result, err := pull.Run(t.Context(), client, pull.Options{AsIs: true, Partial: filepath.Join(t.TempDir(), "partial")})
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(result.LeftOut, "\n")
	for _, want := range []string{
		"workspaces/fernhill/objects/people/records/grace-adeyemi/email_addresses: ",
		"workspaces/fernhill/objects/companies/views/strategic-accounts: ",
		"1 × attributes that the fake does not have: people.mastodon",
		"1 × attributes that the fake does not have: rollouts.signed_off",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not among what was left out:\n%s", want, all)
		}
	}
	if err := fake.CheckYAML(string(result.File)); err != nil {
		t.Error(err)
	}
}

// without is a real side that does not list a member any more.
type without struct {
	http.RoundTripper
	email string
}

func (w without) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := w.RoundTripper.RoundTrip(request)
	if err != nil || request.URL.Path != "/v2/workspace_members" {
		return response, err
	}
	var listed struct {
		Data []map[string]any `json:"data"`
	}
	err = json.NewDecoder(response.Body).Decode(&listed)
	response.Body.Close()
	listed.Data = slices.DeleteFunc(listed.Data, func(m map[string]any) bool { return m["email_address"] == w.email })
	body, _ := json.Marshal(listed)
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, err
}

func TestMembersWhoWereDeletedComeBackSuspended(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.Scenario("crm"), fake.WithoutSocket())
	client := clientOf(t, srv, without{srv.Transport(), "jonas@fernhill.example.com"})
	result, err := pull.Run(t.Context(), client, pull.Options{AsIs: true, Include: pull.Includable(), Partial: filepath.Join(t.TempDir(), "partial")})
	if err != nil {
		t.Fatal(err)
	}
	if result.LeftOut != nil {
		t.Errorf("left out %q", result.LeftOut)
	}
	again := fake.New(t, fake.YAML(string(result.File)), fake.WithoutSocket())
	for _, m := range again.Workspace("fernhill").Members() {
		jonas := m.FirstName == "Former" && m.Access == fake.AccessSuspended && strings.HasSuffix(m.Email, "@example.com") && m.ID == srv.Workspace("fernhill").Member("jonas").ID
		if jonas {
			return
		}
	}
	t.Error("the author of records, who is not listed, is not a member")
}
