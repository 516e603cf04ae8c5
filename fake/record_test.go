package fake_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// noon is where the clock of most tests stands.
var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// emptyAcme has members, and no record but one.
func emptyAcme() fake.Option {
	return fake.YAML(`
version: 1
users:
  ada: {email: ada@acme.example.com}
  bob: {email: bob@acme.example.com}
  sven: {email: sven@acme.example.com}
workspaces:
  acme:
    members: {sven: suspended, ada: admin, bob: member}
    tokens: {full: {scopes: all}}
    objects:
      companies: {records: {seeded: {name: Seeded}}}
`)
}

func newAcme(t testing.TB) (*fake.Server, *fake.Workspace) {
	t.Helper()
	srv := fake.New(t, emptyAcme(), fake.WithoutSocket(), fake.FixedClock(noon))
	return srv, srv.Workspace("acme")
}

func TestASeededRecordHasAKey(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	seeded := acme.Record("companies", "seeded")
	if seeded.ID() != fake.ID("acme/companies/seeded") || seeded.Text("name") != "Seeded" {
		t.Errorf("got %s", seeded.JSON())
	}
	for _, object := range []string{"companies", acme.Object("companies").ID} {
		for _, key := range []string{"seeded", seeded.ID(), strings.ToUpper(seeded.ID())} {
			if got := acme.Record(object, key); got.ID() != seeded.ID() {
				t.Errorf("%s, %s: got %s", object, key, got)
			}
		}
	}
	acme.Update("companies", "seeded", fake.Values{"name": "Renamed"})
	if status, body := send(t, srv, http.MethodGet, "/v2/objects/companies/records/"+seeded.ID(), ""); !strings.Contains(body, `"Renamed"`) {
		t.Errorf("got %d %s", status, body)
	}
	acme.Delete("companies", "seeded")
	if _, ok := acme.Find("companies", "seeded"); ok {
		t.Error("it is still there")
	}
	srv.Reset()
	if got := acme.Record("companies", "seeded").Text("name"); got != "Seeded" {
		t.Errorf("after a reset it is called %s", got)
	}
}

func TestWhatGoCreatesHTTPReads(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	navy := acme.Create("companies", fake.Values{"name": "Navy", "domains": []string{"navy.mil"}})
	grace := acme.Create("people", fake.Values{
		"name": "Hopper, Grace", "email_addresses": []string{"Grace@navy.mil"}, "company": navy,
	})
	_, body := send(t, srv, http.MethodGet, "/v2/objects/people/records/"+grace.ID(), "")
	if want := `{"data":` + string(grace.JSON()) + `}`; body != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
	for _, want := range []string{
		`"created_by_actor":{"type":"workspace-member","id":"` + fake.ID("acme/members/ada") + `"},"first_name":"Grace","last_name":"Hopper","full_name":"Grace Hopper"`,
		`"email_address":"grace@navy.mil"`,
		`"target_object":"companies","target_record_id":"` + navy.ID() + `"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%s\nlacks %s", body, want)
		}
	}
	if got := navy.Reload().Refs("team"); !cmp.Equal(got, []string{grace.ID()}) {
		t.Errorf("the company's team is %v", got)
	}
}

func TestWhatHTTPCreatesGoReads(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	_, body := send(t, srv, http.MethodPost, "/v2/objects/companies/records",
		`{"data":{"values":{"name":"Navy","domains":["navy.mil","us.navy.mil"],"categories":["Government"]}}}`)
	var created struct {
		Data struct {
			ID struct {
				RecordID string `json:"record_id"`
			} `json:"id"`
		} `json:"data"`
	}
	if err := json.Unmarshal([]byte(body), &created); err != nil {
		t.Fatal(err)
	}
	navy := acme.Record("companies", created.Data.ID.RecordID)
	if want := `{"data":` + string(navy.JSON()) + `}`; body != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
	if got := []string{navy.Object(), navy.Text("name"), navy.Text("domains"), navy.Text("categories"), navy.WebURL()}; !cmp.Equal(got,
		[]string{"companies", "Navy", "navy.mil", "Government", "https://app.attio.com/acme/company/" + navy.ID()}) {
		t.Errorf("got %q", got)
	}
	if !navy.CreatedAt().Equal(noon) {
		t.Errorf("it was created at %v", navy.CreatedAt())
	}
	if got := acme.Records("companies"); len(got) != 2 || got[1].ID() != navy.ID() {
		t.Errorf("the records are %v", got)
	}
}

func TestEachWriteIsThatOfItsVerb(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		write func(acme *fake.Workspace, id string) fake.Record
		want  []string
	}{
		"update adds before": {func(acme *fake.Workspace, id string) fake.Record {
			return acme.Update("people", id, fake.Values{"email_addresses": []string{"new@example.com"}})
		}, []string{"new@example.com", "old@example.com"}},
		"overwrite replaces": {func(acme *fake.Workspace, id string) fake.Record {
			return acme.Overwrite("people", id, fake.Values{"email_addresses": []string{"new@example.com"}})
		}, []string{"new@example.com"}},
		"upsert finds": {func(acme *fake.Workspace, _ string) fake.Record {
			return acme.Upsert("people", "email_addresses", fake.Values{"email_addresses": []string{"OLD@example.com", "new@example.com"}})
		}, []string{"new@example.com", "old@example.com"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, acme := newAcme(t)
			before := acme.Create("people", fake.Values{"email_addresses": []string{"old@example.com"}, "job_title": "Admiral"})
			after := tc.write(acme, before.ID())
			if after.ID() != before.ID() || after.Text("job_title") != "Admiral" {
				t.Errorf("it wrote to %s, an %s", after, after.Text("job_title"))
			}
			if diff := cmp.Diff(tc.want, after.Texts("email_addresses")); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"old@example.com"}, before.Texts("email_addresses")); diff != "" {
				t.Errorf("a record that was read changed: %s", diff)
			}
			if diff := cmp.Diff(tc.want, before.Reload().Texts("email_addresses")); diff != "" {
				t.Errorf("reloaded: %s", diff)
			}
		})
	}
}

func TestUpsertMakesARecordWithAnIDOfItsOwnVersion(t *testing.T) {
	t.Parallel()
	_, acme := newAcme(t)
	upserted := acme.Upsert("people", "email_addresses", fake.Values{"email_addresses": []string{"grace@navy.mil"}})
	created := acme.Create("people", nil)
	if upserted.ID()[14] != '5' || created.ID()[14] != '4' {
		t.Errorf("got %s and %s", upserted.ID(), created.ID())
	}
}

func TestADeletedRecordIsGone(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	grace := acme.Create("people", nil)
	if found, ok := acme.Find("people", grace.ID()); !ok || found.ID() != grace.ID() {
		t.Errorf("found %v, %v", found, ok)
	}
	acme.Delete("people", grace.ID())
	if found, ok := acme.Find("people", grace.ID()); ok || found.String() != "no record" {
		t.Errorf("found %v", found)
	}
	if status, body := send(t, srv, http.MethodGet, "/v2/objects/people/records/"+grace.ID(), ""); status != http.StatusNotFound {
		t.Errorf("got %d %s", status, body)
	}
	if got := acme.Records("people"); got != nil {
		t.Errorf("there are %v", got)
	}
}

func TestRecordsComeOldestFirst(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	var want []string
	for range 20 {
		want = append(want, acme.Create("people", nil).String())
		srv.Advance(time.Second)
	}
	var got []string
	for _, record := range acme.Records("people") {
		got = append(got, record.String())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAWriteIsSomebodys(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	nobody := fake.New(t, fake.WithoutSocket(), fake.YAML(`{version: 1, workspaces: {empty: {}}}`))
	member := func(user string) map[string]any {
		return map[string]any{"type": "workspace-member", "id": fake.ID("acme/members/" + user)}
	}
	for name, tc := range map[string]struct {
		as   *fake.Workspace
		want map[string]any
	}{
		"the first admin's":                {acme, member("ada")},
		"a member's":                       {acme.As("bob"), member("bob")},
		"a member's, by e-mail address":    {acme.As("bob@acme.example.com"), member("bob")},
		"Attio's":                          {acme.AsSystem(), map[string]any{"type": "system", "id": nil}},
		"the first admin's, again":         {srv.Workspace("acme"), member("ada")},
		"Attio's, where there is no admin": {nobody.Workspace("empty"), map[string]any{"type": "system", "id": nil}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			record := tc.as.Create("people", fake.Values{"job_title": "Admiral"})
			if diff := cmp.Diff(tc.want, record.Value("job_title")["created_by_actor"]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// everything has an attribute of every type that can be made.
func everything(t testing.TB) (*fake.Workspace, fake.Record) {
	t.Helper()
	_, acme := newAcme(t)
	acme.AddObject(fake.Object{Slug: "projects", Singular: "Project", Plural: "Projects"})
	for _, a := range []fake.Attribute{
		{Slug: "title", Type: "text"},
		{Slug: "size", Type: "number"},
		{Slug: "done", Type: "checkbox"},
		{Slug: "budget", Type: "currency", Currency: "EUR", CurrencyDisplay: "symbol"},
		{Slug: "due", Type: "date"},
		{Slug: "met_at", Type: "timestamp"},
		{Slug: "stars", Type: "rating"},
		{Slug: "stage", Type: "status", Statuses: []string{"Idea", "Work"}},
		{Slug: "tags", Type: "select", Multiselect: true, Options: []string{"Big", "Small"}},
		{Slug: "lead", Type: "record-reference", Objects: []string{"people"}},
		{Slug: "owners", Type: "actor-reference", Multiselect: true},
		{Slug: "place", Type: "location"},
		{Slug: "sites", Type: "domain", Multiselect: true},
		{Slug: "mail", Type: "email-address"},
		{Slug: "phone", Type: "phone-number"},
		{Slug: "nothing", Type: "text"},
	} {
		acme.AddAttribute("projects", a)
	}
	lead := acme.Create("people", fake.Values{"name": "Hopper, Grace"})
	return acme, acme.Create("projects", fake.Values{
		"title": "COBOL", "size": 42, "done": true, "budget": 1.5, "due": noon, "met_at": noon, "stars": 4,
		"stage": "Work", "tags": []string{"Small", "Big"}, "lead": lead, "owners": []fake.Member{acme.Member("ada"), acme.Member("bob")},
		"place": "1 Navy Way, Arlington", "sites": []string{"cobol.example.com"}, "mail": "Cobol@example.com", "phone": "+12125551234",
	})
}

func TestGettersReadEveryType(t *testing.T) {
	t.Parallel()
	acme, project := everything(t)
	lead := acme.Record("people", project.Ref("lead"))
	got := map[string]any{
		"title": project.Text("title"), "size": project.Number("size"), "done": project.Bool("done"), "budget": project.Number("budget"),
		"due": project.Time("due"), "met_at": project.Time("met_at"), "stars": project.Number("stars"), "stage": project.Text("stage"),
		"tags": project.Texts("tags"), "lead": lead.Text("name"), "owners": project.Refs("owners"), "sites": project.Texts("sites"),
		"mail": project.Text("mail"), "phone": project.Text("phone"), "by id": project.Text(acme.Attribute("projects", "title").ID),
		"currency": project.Value("budget")["currency_code"], "created_by": project.Ref("created_by"), "created_at": project.Time("created_at"),
		"record_id": project.Text("record_id"), "place": len(project.Values("place")), "team": lead.Text("name"),
	}
	want := map[string]any{
		"title": "COBOL", "size": 42.0, "done": true, "budget": 1.5,
		"due": noon.Truncate(24 * time.Hour), "met_at": noon, "stars": 4.0, "stage": "Work",
		"tags": []string{"Small", "Big"}, "lead": "Grace Hopper", "owners": []string{fake.ID("acme/members/ada"), fake.ID("acme/members/bob")},
		"sites": []string{"cobol.example.com"}, "mail": "cobol@example.com", "phone": "+12125551234", "by id": "COBOL",
		"currency": "EUR", "created_by": fake.ID("acme/members/ada"), "created_at": noon,
		"record_id": project.ID(), "place": 1, "team": "Grace Hopper",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestGettersReadNothingAsZero(t *testing.T) {
	t.Parallel()
	acme, _ := everything(t)
	project := acme.Create("projects", nil)
	if got := []any{project.Text("title"), project.Number("size"), project.Bool("done"), project.Time("due"), project.Ref("lead")}; !cmp.Equal(got,
		[]any{"", 0.0, false, time.Time{}, ""}) {
		t.Errorf("got %v", got)
	}
	if texts, refs, values, value := project.Texts("tags"), project.Refs("owners"), project.Values("place"), project.Value("place"); len(texts)+len(refs)+len(values) != 0 || value != nil {
		t.Errorf("got %v, %v, %v and %v", texts, refs, values, value)
	}
}

// placer is a recorder that finds the function that a failure is reported in, as package testing does:
// the innermost that has not called Helper.
type placer struct {
	recorder
	helpers sync.Map
	at      string
}

func (p *placer) Helper() {
	caller, _ := callers().Next()
	p.helpers.Store(caller.Function, true)
}

func (p *placer) Fatalf(format string, args ...any) {
	p.recorder.Fatalf(format, args...)
	stack := callers()
	for frame, more := stack.Next(); more; frame, more = stack.Next() {
		if _, isHelper := p.helpers.Load(frame.Function); !isHelper {
			p.at = frame.Function
			return
		}
	}
}

// callers returns the stack above the caller of the method that calls it.
func callers() *runtime.Frames {
	var pcs [50]uintptr
	return runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
}

func TestMistakesWithRecordsEndTheTest(t *testing.T) {
	t.Parallel()
	const unknownID = "00000000-0000-4000-8000-000000000000"
	for name, tc := range map[string]struct {
		mistake func(acme *fake.Workspace, grace fake.Record)
		want    string
	}{
		"an unknown object": {func(acme *fake.Workspace, _ fake.Record) { acme.Create("poeple", nil) },
			`fake: workspace "acme": unknown object "poeple"; did you mean "people"? Known: companies, people`},
		"a record of an unknown object": {func(acme *fake.Workspace, _ fake.Record) { acme.Find("poeple", "grace") },
			`fake: workspace "acme": unknown object "poeple"; did you mean "people"? Known: companies, people`},
		"a record that is gone": {func(acme *fake.Workspace, _ fake.Record) {
			gone := acme.Record("companies", "seeded")
			acme.Delete("companies", "seeded")
			gone.Reload()
		}, `fake: workspace "acme" has no record "` + fake.ID("acme/companies/seeded") + `" of "companies"; name one by its key in the scenario or its id`},
		"an object that is off": {func(acme *fake.Workspace, _ fake.Record) { acme.Records("deals") },
			`fake: workspace "acme": object "deals" is off; turn it on with EnableObject("deals")`},
		"an unknown key": {func(acme *fake.Workspace, _ fake.Record) { acme.Record("people", "eve") },
			`fake: workspace "acme" has no record "eve" of "people"; name one by its key in the scenario or its id`},
		"an unknown id": {func(acme *fake.Workspace, _ fake.Record) { acme.Update("people", unknownID, nil) },
			`fake: workspace "acme" has no record "` + unknownID + `" of "people"; name one by its key in the scenario or its id`},
		"the deletion of nothing": {func(acme *fake.Workspace, _ fake.Record) { acme.Delete("people", "eve") },
			`fake: workspace "acme" has no record "eve" of "people"; name one by its key in the scenario or its id`},
		"an unknown attribute": {func(acme *fake.Workspace, _ fake.Record) {
			acme.Create("people", fake.Values{"job_tilte": "Admiral", "name": "x"})
		},
			`fake: workspace "acme": create a record of "people": Cannot find attribute with slug/ID "job_tilte". Did you mean "job_title"?`},
		"an attribute like no other": {func(acme *fake.Workspace, _ fake.Record) { acme.Create("people", fake.Values{"zzz": 1}) },
			`fake: workspace "acme": create a record of "people": Cannot find attribute with slug/ID "zzz".`},
		"a value of the wrong type": {func(acme *fake.Workspace, _ fake.Record) { acme.Create("people", fake.Values{"job_title": 7}) },
			"fake: workspace \"acme\": create a record of \"people\": An invalid value was passed to attribute with slug \"job_title\".\n  value: Expected string, received number"},
		"a value that is taken": {func(acme *fake.Workspace, grace fake.Record) {
			acme.Create("people", fake.Values{"email_addresses": []string{grace.Text("email_addresses")}})
		}, `conflicts with one already in the system`},
		"a missing value of a required attribute": {func(acme *fake.Workspace, _ fake.Record) {
			acme.EnableObject("deals")
			acme.Create("deals", fake.Values{"name": "Deal"})
		}, `" (stage) was not provided.`},
		"an unknown matching attribute": {func(acme *fake.Workspace, _ fake.Record) { acme.Upsert("people", "email", nil) },
			`fake: workspace "acme": upsert a record of "people": No attribute was found for matching_attribute slug/ID "email".`},
		"what has no JSON": {func(acme *fake.Workspace, _ fake.Record) {
			acme.Create("people", fake.Values{"job_title": func() {}})
		}, `fake: workspace "acme": create a record of "people": attribute "job_title": json: unsupported type: func()`},
		"an unknown attribute that is read": {func(_ *fake.Workspace, grace fake.Record) { grace.Text("nme") },
			`unknown attribute "nme"; did you mean "name"?`},
		"a text that is read as a number": {func(_ *fake.Workspace, grace fake.Record) { grace.Number("name") },
			`attribute "name" is of type personal-name, which Number does not read; use Text`},
		"a location that is read as text": {func(_ *fake.Workspace, grace fake.Record) { grace.Text("primary_location") },
			`attribute "primary_location" is of type location, which Text does not read; use Value`},
		"an unknown member": {func(acme *fake.Workspace, _ fake.Record) { acme.As("eve") },
			`fake: workspace "acme": unknown member "eve"; known: sven, ada, bob`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test placer
			srv := fake.New(&test, emptyAcme(), fake.WithoutSocket())
			defer srv.Close()
			acme := srv.Workspace("acme")
			grace := acme.Create("people", fake.Values{"email_addresses": []string{"grace@navy.mil"}})
			before := len(acme.Records("people"))
			tc.mistake(acme, grace)
			if len(test.fatal) != 1 || !strings.Contains(test.fatal[0], tc.want) {
				t.Errorf("got  %q\nwant %q", test.fatal, tc.want)
			}
			if !strings.Contains(test.at, "TestMistakesWithRecords") {
				t.Errorf("the failure is reported in %s", test.at)
			}
			if after := len(acme.Records("people")); after != before {
				t.Errorf("there were %d records and are %d", before, after)
			}
		})
	}
}

// One value of several being wrong, nothing of the write may stay.
func TestARefusedWriteLeavesNothing(t *testing.T) {
	t.Parallel()
	var test recorder
	srv := fake.New(&test, emptyAcme(), fake.WithoutSocket())
	defer srv.Close()
	acme := srv.Workspace("acme")
	grace := acme.Create("people", fake.Values{"job_title": "Admiral"})
	acme.Update("people", grace.ID(), fake.Values{"name": "Hopper, Grace", "job_title": "Sailor", "email_addresses": []string{"no address"}})
	if len(test.fatal) != 1 || !bytes.Equal(grace.JSON(), grace.Reload().JSON()) {
		t.Errorf("%q left %s", test.fatal, grace.Reload().JSON())
	}
}

func TestGoAndHTTPWriteTogether(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	shared := acme.Create("people", nil)
	var writers sync.WaitGroup
	const each = 25
	for i := range 4 {
		writers.Go(func() {
			for n := range each {
				email := fmt.Sprintf("go-%d-%d@example.com", i, n)
				record := acme.Upsert("people", "email_addresses", fake.Values{"email_addresses": []string{email}})
				if got := record.Text("email_addresses"); got != email {
					t.Errorf("got %s", got)
				}
				acme.Update("people", shared.ID(), fake.Values{"job_title": email})
			}
		})
		writers.Go(func() {
			for n := range each {
				status, body := send(t, srv, http.MethodPost, "/v2/objects/people/records",
					fmt.Sprintf(`{"data":{"values":{"email_addresses":["http-%d-%d@example.com"]}}}`, i, n))
				if status != http.StatusOK || len(acme.Records("people")) == 0 || shared.Text("job_title") != "" {
					t.Errorf("got %d %s", status, body)
				}
			}
		})
	}
	writers.Wait()
	if got := len(acme.Records("people")); got != 1+2*4*each {
		t.Errorf("there are %d records", got)
	}
}
