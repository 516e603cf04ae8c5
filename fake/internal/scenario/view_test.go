package scenario_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestViewsAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
workspaces:
  acme:
    objects:
      people:
        attributes: {tier: {type: select, options: [Gold, Silver]}, score: number, step: {type: status, statuses: [Lead]}, old: {type: text, is_archived: true}}
        views:
          all_of_them: {}
          everything:
            title: The whole
            type: kanban
            filter: {and: [{or: [{attribute: tier, op: eq, value: Gold}, {attribute: tier, op: eq, value: Silver}]}, {attribute: [company, {object: companies, attribute: name}], op: contains, value: Na}, {attribute: old, op: starts_with, value: A}]}
            sorts: [{attribute: name, field: last_name, direction: desc}, {attribute: score, direction: asc}]
            attributes: [{attribute: [company, {object: companies, attribute: domains}], field: root_domain}, {attribute: tier}]
            kanban: {status_attribute: step, show_no_status_column: true, aggregation: {attribute: score, type: sum}}
            is_archived: true
            created_at: 2025-01-01T00:00:00.1239Z
    lists:
      guests: {parent_object: people, views: {all: {attributes: [{attribute: [parent_record, {object: people, attribute: name}]}], filter: null, kanban: null}}}
`)
	names := strings.NewReplacer(read(seed, "acme/objects/people", "acme/objects/companies", "acme/lists/guests", "acme/objects/people/views/all_of_them",
		"acme/objects/people/views/everything", "acme/lists/guests/views/all", "acme/objects/people/attributes/tier", "acme/objects/people/attributes/score",
		"acme/objects/people/attributes/step", "acme/objects/people/attributes/old", "acme/objects/people/attributes/name", "acme/objects/people/attributes/company",
		"acme/objects/companies/attributes/name", "acme/objects/companies/attributes/domains", "acme/lists/guests/attributes/parent_record",
		"acme/objects/people/attributes/tier/options/Gold", "acme/objects/people/attributes/tier/options/Silver").names...)
	state := seed.Workspaces[0]
	const people = "objects/people/attributes/"
	for path, want := range map[string]string{
		"objects/people/views/all_of_them": `{"ID":"objects/people/views/all_of_them","Target":"objects/people","Title":"All of them","Type":"table",` +
			`"Filter":null,"Sorts":[],"Attributes":[],"Kanban":null,"Archived":false,"CreatedAt":"2026-01-15T09:00:00Z"}`,
		"objects/people/views/everything": `{"ID":"objects/people/views/everything","Target":"objects/people","Title":"The whole","Type":"kanban",` +
			`"Filter":{"and":[{"or":[{"attribute":"` + people + `tier","op":"eq","value":"` + people + `tier/options/Gold"},` +
			`{"attribute":"` + people + `tier","op":"eq","value":"` + people + `tier/options/Silver"}]},` +
			`{"attribute":["` + people + `company",{"object":"objects/companies","attribute":"objects/companies/attributes/name"}],"op":"contains","value":"Na"},` +
			`{"attribute":"` + people + `old","op":"starts_with","value":"A"}]},` +
			`"Sorts":[{"attribute":"` + people + `name","field":"last_name","direction":"desc"},{"attribute":"` + people + `score","direction":"asc"}],` +
			`"Attributes":[{"attribute":["` + people + `company",{"object":"objects/companies","attribute":"objects/companies/attributes/domains"}],"field":"root_domain"},{"attribute":"` + people + `tier"}],` +
			`"Kanban":{"status_attribute":"` + people + `step","show_no_status_column":true,"aggregation":{"attribute":"` + people + `score","type":"sum"}},` +
			`"Archived":true,"CreatedAt":"2025-01-01T00:00:00.123Z"}`,
		"lists/guests/views/all": `{"ID":"lists/guests/views/all","Target":"lists/guests","Title":"All","Type":"table","Filter":null,"Sorts":[],` +
			`"Attributes":[{"attribute":["lists/guests/attributes/parent_record",{"object":"objects/people","attribute":"` + people + `name"}]}],` +
			`"Kanban":null,"Archived":false,"CreatedAt":"2026-01-15T09:00:00Z"}`,
	} {
		target, _, _ := strings.Cut(path, "/views/")
		view, ok := state.View(attio.PathID("acme/"+target), attio.PathID("acme/"+path))
		if !ok {
			t.Errorf("no view %s", path)
			continue
		}
		got, err := json.Marshal(view)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, names.Replace(string(got))); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
}
