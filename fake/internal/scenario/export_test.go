package scenario_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestEveryBuiltInScenarioIsExportedAsItIs(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.BuiltIns() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := load(t, scenario.BuiltIn(name))
			file := checkExport(t, seed)
			if strings.Contains(file, " id: ") && name != "crm" {
				t.Errorf("seeded things need no ids:\n%s", file)
			}
			for _, state := range seed.Workspaces {
				if _, err := scenario.ExportWorkspace(seed, state.Slug); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// export exports a scenario and holds the file against it.
func export(t *testing.T, yaml string) string {
	t.Helper()
	return checkExport(t, loadText(t, yaml))
}

func TestWhatASeedHasIsWrittenAsItWas(t *testing.T) {
	t.Parallel()
	got := export(t, `
version: 1
clock: {offset: -24h}
seed: 7
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    created_at: 2025-01-01T00:00:00Z
    members: {bob: suspended, ada: admin}
    tokens: {full: {scopes: all, created_at: 2025-02-01T00:00:00Z, id: 9e2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf01}}
    objects:
      ships:
        singular_noun: Ship
        plural_noun: Ships
        api_slug: vessels
        attributes:
          length: {type: number, api_slug: metres}
          owner: {type: record-reference, relationship: {object: companies, api_slug: fleet, is_multiselect: true}}
          home: {type: record-reference, default_value: {record: companies/navy}}
          id: {type: text, id: 8a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf02}
        records:
          one: {id: 7a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf03, length: 7, owner: {record: companies/navy}, 8a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf02: S-1}
          two: {history: {length: [{value: 8, until: 2025-05-01T00:00:00Z}, {value: 9, from: 2025-05-01T00:00:00Z, by: bob}]}}
      companies: {records: {navy: {name: Navy}}}
      people: {plural_noun: Folks}
    unsubscribed: [a@example.com, {address: b@example.com, created_at: 2025-03-01T00:00:00Z}]
`)
	want := `version: 1
seed: 8891536394456691929
clock: {offset: "-24h0m0s"}
users:
  ada: {email: ada@example.com}
  bob: {email: bob@example.com}
workspaces:
  acme:
    created_at: 2025-01-01T00:00:00Z
    members:
      bob: suspended
      ada: admin
    tokens:
      full: {scopes: all, created_at: 2025-02-01T00:00:00Z, id: 9e2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf01}
    objects:
      companies:
        attributes:
          fleet: {type: record-reference, is_multiselect: true, relationship: {object: ships, api_slug: owner}}
        records:
          navy: {name: Navy}
      people:
        plural_noun: Folks
      ships:
        singular_noun: Ship
        plural_noun: Ships
        api_slug: vessels
        attributes:
          length: {type: number, api_slug: metres}
          owner: {type: record-reference, relationship: {object: companies, api_slug: fleet}}
          home: {type: record-reference, default_value: {record: companies/navy}}
          id: {type: text, id: 8a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf02}
        records:
          one: {id: 7a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf03, length: 7, owner: {record: companies/navy}, 8a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf02: S-1}
          two: {history: {length: [{value: 8, until: 2025-05-01T00:00:00Z}, {value: 9, from: 2025-05-01T00:00:00Z, by: bob}]}}
    unsubscribed: [a@example.com, {address: b@example.com, created_at: 2025-03-01T00:00:00Z}]
`
	_, got, _ = strings.Cut(got, "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWhatAScenarioCannotSayIsRefusedByName(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    plan: free
    members: {ada: admin}
    objects:
      ships: {singular_noun: Ship, plural_noun: Ships, views: {all: {}}, records: {one: {}}}
      people: {views: {ships: {attributes: [{attribute: [company, {object: companies, attribute: name}]}]}}}
    tasks: {call: {content: Call}}
    webhooks: {mine: {target_url: "https://example.com", subscriptions: [{event_type: record.created, filter: {$and: [{field: id.object_id, operator: equals, value: ships}]}}]}}
`)
	w := world.New(seed)
	ws := w.Workspaces()[0]
	if err := w.Clock.Set(time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if err := ws.Update(world.Author{Actor: attio.Actor{Type: attio.ActorApp, ID: "somebody"}}, func(tx *world.Tx) error {
		ships, _ := tx.Schema.Object("ships")
		people, _ := tx.Schema.Object("people")
		if err := tx.DeleteObject(ships); err != nil {
			return err
		}
		for _, slug := range []string{"deals", "users"} {
			tx.EnableObject(slug)
		}
		_, err := tx.CreateRecord(people, "11111111-1111-4111-8111-111111111111", []world.Write{{Attribute: "job_title", Value: "not \xff UTF-8"}})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	_, err := scenario.Export(w.Present())
	want := `this cannot be written as a scenario:
	acme: the actor app somebody is neither a member nor a token nor an app
	YAML cannot hold text that is not UTF-8, as in "not-utf-8: {id: 11111111-1111-4111-8111-111111111111, created_at: 2020-01-01T00:00:00Z, created_by: \"\", job_title: not \xff UTF-8}"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	_, err = scenario.ExportAs(scenario.JSON, w.Present())
	want = `this cannot be written as a scenario:
	acme: the actor app somebody is neither a member nor a token nor an app
	JSON cannot hold text that is not UTF-8, as in "\"not-utf-8\": {\"id\": \"11111111-1111-4111-8111-111111111111\", \"created_at\": \"2020-01-01T00:00:00Z\", \"created_by\": \"\", \"job_title\": \"not \xff UTF-8\"}"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, err := scenario.ExportWorkspace(seed, "acne"); err == nil || err.Error() != `there is no workspace "acne"` {
		t.Errorf("got %v", err)
	}
}

func TestAWorkspaceAloneHasTheUsersThatItNeeds(t *testing.T) {
	t.Parallel()
	file, err := scenario.ExportWorkspace(load(t, scenario.BuiltIn("acme")), "globex")
	if err != nil {
		t.Fatal(err)
	}
	got := load(t, scenario.Text("globex.yaml", string(file)))
	var users []string
	for _, u := range got.Users {
		users = append(users, u.Key)
	}
	if diff := cmp.Diff([]string{"ada", "gita"}, users); diff != "" || len(got.Workspaces) != 1 {
		t.Errorf("%d workspaces, %s", len(got.Workspaces), diff)
	}
}

func TestWhatComesLaterGetsReadableKeysOfItsOwn(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
seed: 7
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    objects: {people: {records: {grace-hopper: {name: "Hopper, Grace"}}}}
`)
	w := world.New(seed)
	ws := w.Workspaces()[0]
	people, _ := ws.View().Schema.Object("people")
	var ids []attio.ID
	for _, writes := range [][]world.Write{{{Attribute: "name", Value: "Hopper, Grace"}}, {{Attribute: "email_addresses", Value: []any{"ada.lovelace@example.com"}}}, nil} {
		ids = append(ids, w.NewID())
		if err := ws.Update(world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}, func(tx *world.Tx) error {
			_, err := tx.CreateRecord(people, ids[len(ids)-1], writes)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	file := checkExport(t, w.Present())
	loaded := load(t, scenario.Text("exported.yaml", file))
	state := loaded.Workspaces[0]
	got := []attio.ID{state.SeededID("people/grace-hopper"), state.SeededID("people/grace-hopper-2"), state.SeededID("people/ada-lovelace"), state.SeededID("people/person")}
	if diff := cmp.Diff(append([]attio.ID{attio.PathID("acme/people/grace-hopper")}, ids...), got); diff != "" {
		t.Errorf("%s\n%s", diff, file)
	}
	// What the loaded world makes has other ids than what the first one made.
	again := world.New(loaded)
	for range 5 {
		if id := again.NewID(); slices.Contains(ids, id) {
			t.Errorf("%s comes a second time", id)
		}
	}
}
