package fake_test

import (
	"encoding/json"
	"strings"
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

	asJSON, err := first.ExportJSON()
	if err != nil || !json.Valid(asJSON) {
		t.Fatalf("%v\n%s", err, asJSON)
	}
	if again, err := fake.New(t, fake.WithoutSocket(), fake.YAML(string(asJSON))).Export(); err != nil || cmp.Diff(string(file), string(again)) != "" {
		t.Errorf("by way of JSON it is another file: %v\n%s", err, cmp.Diff(string(file), string(again)))
	}

	alone, err := first.Workspace("fernhill").Export()
	if err != nil {
		t.Fatal(err)
	}
	aloneAsJSON, err := first.Workspace("fernhill").ExportJSON()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := fake.New(t, fake.WithoutSocket(), fake.YAML(string(aloneAsJSON))).Export(); err != nil || cmp.Diff(string(alone), string(again)) != "" {
		t.Errorf("by way of JSON the workspace is another: %v\n%s", err, cmp.Diff(string(alone), string(again)))
	}
	if workspaces := fake.New(t, fake.WithoutSocket(), fake.YAML(string(alone))).Workspaces(); len(workspaces) != 1 {
		t.Errorf("a workspace alone is %d", len(workspaces))
	}
}

func TestAFaultOfAScenarioChoosesInTheWordsOfGo(t *testing.T) {
	t.Parallel()
	const faults = "lost: {fault: answer-lost, token: acme/full, status: 200}"
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(`
version: 1
extends: [acme]
workspaces: {acme: {faults: {`+faults+`}}}`))
	if got := call(t.Context(), srv.Client(), srv, "GET"); !got.Broken {
		t.Errorf("got %+v", got)
	}
	exported, err := srv.Export()
	if err != nil || !strings.Contains(string(exported), faults) {
		t.Errorf("%v\n%s", err, exported)
	}
	_, err = fake.Start(fake.WithoutSocket(), fake.YAML(`
version: 1
extends: [acme]
workspaces: {acme: {faults: {lost: {fault: answer-lost, token: acme/fuel}}}}`))
	if err == nil || !strings.Contains(err.Error(), `unknown token "acme/fuel"; did you mean "acme/full"?`) {
		t.Errorf("an unknown token: %v", err)
	}
}
