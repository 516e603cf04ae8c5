package standard_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/standard"
)

func TestASchemaOfActivitiesHasTheAttributesOfThoseThatItExtends(t *testing.T) {
	t.Parallel()
	got := make(map[string][]string)
	for _, s := range standard.ActivitySchemas() {
		for _, a := range s.Attributes {
			got[s.Slug] = append(got[s.Slug], a.Slug+" "+string(a.Type))
		}
	}
	want := map[string][]string{
		"activities": {"record_id text", "timestamp timestamp", "associated_records record-reference", "created_at timestamp", "created_by actor-reference"},
		"interactions": {"record_id text", "timestamp timestamp", "associated_records record-reference", "participants record-reference",
			"created_at timestamp", "created_by actor-reference"},
		"calls": {"record_id text", "timestamp timestamp", "associated_records record-reference", "participants record-reference", "direction select",
			"created_at timestamp", "created_by actor-reference"},
		"emails": {"record_id text", "timestamp timestamp", "associated_records record-reference", "participants record-reference", "direction select", "subject text",
			"created_at timestamp", "created_by actor-reference"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEverySystemActivityExtendsASchema(t *testing.T) {
	t.Parallel()
	for _, a := range standard.Activities() {
		if _, ok := standard.ActivitySchemaNamed(a.Extends); !ok {
			t.Errorf("%s extends %q", a.Slug, a.Extends)
		}
	}
}
