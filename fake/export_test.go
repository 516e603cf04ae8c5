package fake_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestAnotherServerStartsWhereOneIs(t *testing.T) {
	t.Parallel()
	first := fake.New(t, fake.WithoutSocket(), fake.Scenario("crm"))
	fernhill := first.Workspace("fernhill")
	grace := fernhill.Record("people", "grace")
	fernhill.Update("people", "grace", fake.Values{"job_title": "Admiral"})
	made := fernhill.Create("people", fake.Values{"name": "Lovelace, Ada"})
	clone := fernhill.Clone(t)
	clone.Delete("people", "grace")

	file, err := first.Export()
	if err != nil {
		t.Fatal(err)
	}
	second := fake.New(t, fake.WithoutSocket(), fake.YAML(string(file)))
	if again, err := second.Export(); err != nil || cmp.Diff(string(file), string(again)) != "" {
		t.Errorf("exported again it is another file: %v\n%s", err, cmp.Diff(string(file), string(again)))
	}
	if got := second.Workspace("fernhill").Record("people", "grace"); got.ID() != grace.ID() || got.Text("job_title") != "Admiral" {
		t.Errorf("grace is %s, %s", got.ID(), got.Text("job_title"))
	}
	if got := second.Workspace("fernhill").Record("people", made.ID()).JSON(); cmp.Diff(string(made.JSON()), string(got)) != "" {
		t.Errorf("what was made is %s", got)
	}
	if one, other := len(clone.Records("people")), len(second.Workspace(clone.Slug()).Records("people")); one != other {
		t.Errorf("the clone had %d people and has %d", one, other)
	}

	alone, err := first.Workspace("fernhill").Export()
	if err != nil {
		t.Fatal(err)
	}
	if workspaces := fake.New(t, fake.WithoutSocket(), fake.YAML(string(alone))).Workspaces(); len(workspaces) != 1 {
		t.Errorf("a workspace alone is %d", len(workspaces))
	}
}
