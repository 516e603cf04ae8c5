package fake_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const peopleToQuery = `
version: 1
workspaces:
  acme:
    objects:
      companies: {records: {navy: {name: Navy, domains: [navy.example.com]}}}
      people:
        records:
          grace: {name: "Hopper, Grace", email_addresses: [grace@navy.example.com], company: {record: companies/navy}}
          ada: {name: "Lovelace, Ada", email_addresses: [ada@example.com]}
          alan: {name: "Turing, Alan"}
`

func TestAQueryFindsWhatTheAPIFinds(t *testing.T) {
	t.Parallel()
	acme := fake.New(t, fake.YAML(peopleToQuery), fake.WithoutSocket()).Workspace("acme")
	byLastName := fake.Sort{Attribute: "name", Field: "last_name"}
	for name, tc := range map[string]struct {
		filter fake.Filter
		sorts  []fake.Sort
		want   []string
	}{
		"no filter":        {nil, []fake.Sort{byLastName}, []string{"Grace Hopper", "Ada Lovelace", "Alan Turing"}},
		"descending":       {nil, []fake.Sort{{Attribute: "name", Field: "first_name", Descending: true}}, []string{"Grace Hopper", "Alan Turing", "Ada Lovelace"}},
		"the short form":   {fake.Filter{"email_addresses": "ADA@example.com"}, nil, []string{"Ada Lovelace"}},
		"an operator":      {fake.Filter{"name": map[string]any{"$contains": "a"}}, []fake.Sort{byLastName}, []string{"Grace Hopper", "Ada Lovelace", "Alan Turing"}},
		"a record":         {fake.Filter{"company": acme.Record("companies", "navy")}, nil, []string{"Grace Hopper"}},
		"along a path":     {fake.Filter{"path": [][]string{{"people", "company"}, {"companies", "name"}}, "constraints": map[string]any{"value": "navy"}}, nil, []string{"Grace Hopper"}},
		"sorted by a path": {fake.Filter{"email_addresses": map[string]any{"$contains": "@"}}, []fake.Sort{{Path: [][]string{{"people", "company"}, {"companies", "name"}}}}, []string{"Grace Hopper", "Ada Lovelace"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, record := range acme.Query("people", tc.filter, tc.sorts...) {
				got = append(got, record.Text("name"))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAQueryThatIsWrongEndsTheTestInAttiosWords(t *testing.T) {
	t.Parallel()
	var test recorder
	srv := fake.New(&test, fake.YAML(peopleToQuery), fake.WithoutSocket())
	defer srv.Close()
	srv.Workspace("acme").Query("people", fake.Filter{"email": "x"})
	want := []string{`fake: workspace "acme": query "people": Unknown attribute slug: email.`}
	if diff := cmp.Diff(want, test.fatal); diff != "" {
		t.Error(diff)
	}
}
