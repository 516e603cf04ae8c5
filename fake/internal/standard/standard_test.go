package standard

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

func TestTheStandardObjects(t *testing.T) {
	t.Parallel()
	type object struct {
		slug, singular, plural, webPath string
		alwaysOn                        bool
		attributes                      int
	}
	var got []object
	for _, o := range Objects() {
		got = append(got, object{o.Slug, o.Singular, o.Plural, o.WebPath, o.AlwaysOn, len(o.Attributes)})
	}
	want := []object{
		{"people", "Person", "People", "person", true, 30},
		{"companies", "Company", "Companies", "company", true, 33},
		{"deals", "Deal", "Deals", "deals/record", false, 9},
		{"users", "User", "Users", "users/record", false, 7},
		{"workspaces", "Workspace", "Workspaces", "workspaces/record", false, 8},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(object{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEachCallReturnsObjectsOfItsOwn(t *testing.T) {
	t.Parallel()
	mine, want := Objects(), Objects()
	for _, o := range mine {
		for i := range o.Attributes {
			a := &o.Attributes[i]
			a.Title = "changed"
			for j := range a.Options {
				a.Options[j].Title = "changed"
			}
			for j := range a.Statuses {
				a.Statuses[j].Title = "changed"
			}
			if a.Inverse != nil {
				a.Inverse.Object = "changed"
			}
			if a.Default != nil {
				a.Default.Dynamic = "changed"
			}
			if a.Description != nil {
				*a.Description = "changed"
			}
		}
	}
	if diff := cmp.Diff(want, Objects()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSlugsAndTitlesAreUniqueInAnObject(t *testing.T) {
	t.Parallel()
	for _, o := range Objects() {
		slugs, titles := map[string]bool{}, map[string]bool{}
		for _, a := range o.Attributes {
			if a.Slug == "" || a.Title == "" || slugs[a.Slug] || titles[a.Title] {
				t.Errorf("%s: slug %q or title %q is empty or stands twice", o.Slug, a.Slug, a.Title)
			}
			slugs[a.Slug], titles[a.Title] = true, true
			choices := map[string]bool{}
			for _, option := range a.Options {
				if option.Title == "" || choices[option.Title] {
					t.Errorf("%s.%s: option %q is empty or stands twice", o.Slug, a.Slug, option.Title)
				}
				choices[option.Title] = true
			}
		}
	}
}

func TestEveryInverseHasItsInverse(t *testing.T) {
	t.Parallel()
	objects := Objects()
	for _, o := range objects {
		for _, a := range o.Attributes {
			if a.Inverse == nil {
				continue
			}
			other := find(t, objects, a.Inverse.Object, a.Inverse.Attribute)
			if want := (&Inverse{o.Slug, a.Slug}); !cmp.Equal(want, other.Inverse) {
				t.Errorf("%s.%s: its inverse %v has the inverse %v", o.Slug, a.Slug, *a.Inverse, other.Inverse)
			}
		}
	}
}

func TestEveryAttributeHasWhatItsTypeAsksFor(t *testing.T) {
	t.Parallel()
	for _, o := range Objects() {
		for _, a := range o.Attributes {
			has := map[string][2]bool{
				"an inverse": {a.Inverse != nil, a.Type == attribute.TypeRecordReference},
				"options":    {len(a.Options) > 0, a.Type == attribute.TypeSelect},
				"statuses":   {len(a.Statuses) > 0, a.Type == attribute.TypeStatus},
				"a currency": {a.Currency != attribute.Currency{}, a.Type == attribute.TypeCurrency},
				"a need":     {a.Needs() != "", a.Type == attribute.TypeRecordReference},
				"a default":  {a.Default != nil, a.Computed == attribute.ComputedCreatedAt || a.Computed == attribute.ComputedCreatedBy},
			}
			for what, is := range has {
				if is[0] != is[1] {
					t.Errorf("%s.%s, a %s: has %s: %v, want %v", o.Slug, a.Slug, a.Type, what, is[0], is[1])
				}
			}
			if !a.System || !slices.Contains(attribute.Types(), a.Type) {
				t.Errorf("%s.%s is no system attribute of a known type: %q", o.Slug, a.Slug, a.Type)
			}
		}
	}
}

func TestEnrichedIsWhatAttioAloneWritesAndWhatItFillsIn(t *testing.T) {
	t.Parallel()
	filledIn := []string{"estimated_arr_usd", "funding_raised_usd", "foundation_date", "employee_range"}
	for _, o := range Objects() {
		for _, a := range o.Attributes {
			want := !a.Writable && a.Computed == "" || slices.Contains(filledIn, a.Slug)
			if a.Enriched != want {
				t.Errorf("%s.%s: enriched %v, want %v", o.Slug, a.Slug, a.Enriched, want)
			}
			if a.Enriched && !o.AlwaysOn {
				t.Errorf("%s.%s: only people and companies are enriched", o.Slug, a.Slug)
			}
		}
	}
}

func TestEachObjectComputesTheSameThree(t *testing.T) {
	t.Parallel()
	want := map[string]attribute.Computed{"record_id": attribute.ComputedID, "created_at": attribute.ComputedCreatedAt, "created_by": attribute.ComputedCreatedBy}
	for _, o := range Objects() {
		got := map[string]attribute.Computed{}
		for _, a := range o.Attributes {
			if a.Computed != "" {
				got[a.Slug] = a.Computed
				if a.Writable {
					t.Errorf("%s.%s is writable", o.Slug, a.Slug)
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", o.Slug, diff)
		}
	}
}

// Attio's guides say which attributes are required, and by which attributes a record can be upserted.
func TestRequiredAndUniqueAttributes(t *testing.T) {
	t.Parallel()
	got := map[string][]string{}
	for _, o := range Objects() {
		for _, a := range o.Attributes {
			if a.Required {
				got["required "+o.Slug] = append(got["required "+o.Slug], a.Slug)
			}
			if a.Unique && a.Computed == "" {
				got["unique "+o.Slug] = append(got["unique "+o.Slug], a.Slug)
			}
		}
	}
	want := map[string][]string{
		"required deals":      {"name", "stage", "owner"},
		"required users":      {"primary_email_address", "user_id"},
		"required workspaces": {"workspace_id"},
		"unique people":       {"email_addresses"},
		"unique companies":    {"domains"},
		"unique users":        {"primary_email_address", "user_id"},
		"unique workspaces":   {"workspace_id"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestStagesOfDeals(t *testing.T) {
	t.Parallel()
	want := []attribute.Status{{Title: "Lead"}, {Title: "In Progress"}, {Title: "Won 🎉"}, {Title: "Lost"}}
	if diff := cmp.Diff(want, find(t, Objects(), "deals", "stage").Statuses); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func find(t *testing.T, objects []Object, object, slug string) Attribute {
	t.Helper()
	for _, o := range objects {
		if o.Slug != object {
			continue
		}
		for _, a := range o.Attributes {
			if a.Slug == slug {
				return a
			}
		}
	}
	t.Fatalf("there is no %s.%s", object, slug)
	return Attribute{}
}

func BenchmarkObjects(b *testing.B) {
	for b.Loop() {
		Objects()
	}
}
