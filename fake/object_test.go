package fake_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

// handles ignores the workspaces of objects, attributes and lists.
var handles = cmpopts.IgnoreUnexported(fake.Object{}, fake.Attribute{}, fake.List{})

func TestAnObjectIsAdded(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	projects := acme.AddObject(fake.Object{Slug: "projects", Singular: "Project", Plural: "Projects"})
	if diff := cmp.Diff(fake.Object{ID: projects.ID, Slug: "projects", Singular: "Project", Plural: "Projects"}, projects, handles); diff != "" || projects.ID == "" {
		t.Errorf("got %+v", projects)
	}
	for _, key := range []string{"projects", projects.ID} {
		if diff := cmp.Diff(projects, acme.Object(key), handles); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	if !slices.Contains(acme.Objects(), projects) {
		t.Errorf("it is not among %v", acme.Objects())
	}
	if status, body := send(t, srv, http.MethodGet, "/v2/objects/projects", ""); status != http.StatusOK || !strings.Contains(body, projects.ID) {
		t.Errorf("got %d %s", status, body)
	}
}

func TestAStandardObjectIsTurnedOn(t *testing.T) {
	t.Parallel()
	srv, acme := newAcme(t)
	if status, body := send(t, srv, http.MethodGet, "/v2/objects/deals", ""); status != http.StatusBadRequest || !strings.Contains(body, "standard_object_disabled") {
		t.Errorf("off it answers %d %s", status, body)
	}
	deals := acme.EnableObject("deals")
	if status, body := send(t, srv, http.MethodGet, "/v2/objects/"+deals.ID, ""); status != http.StatusOK || deals.Slug != "deals" {
		t.Errorf("%+v answers %d %s", deals, status, body)
	}
	if again := acme.EnableObject("deals"); again != deals {
		t.Errorf("turned on twice it is %+v", again)
	}
	stage := acme.Attribute("deals", "stage")
	deal := acme.Create("deals", fake.Values{"name": "Ship", "stage": stage.Statuses[0], "owner": acme.Member("ada")})
	if deal.Text("stage") != stage.Statuses[0] || deal.Ref("owner") != acme.Member("ada").ID {
		t.Errorf("got %s", deal.JSON())
	}
}

func TestAnAttributeIsAdded(t *testing.T) {
	t.Parallel()
	for name, given := range map[string]fake.Attribute{
		"everything of a text": {Slug: "code", Type: "text", Title: "Code", Description: "A code", Required: true, Unique: true},
		"a select":             {Slug: "tier", Type: "select", Title: "Tier", Options: []string{"Gold", "Silver"}, Default: "Gold"},
		"a multiselect":        {Slug: "tags", Type: "select", Title: "Tags", Options: []string{"A", "B"}, Multiselect: true, Default: []string{"B", "A"}},
		"a status":             {Slug: "stage", Type: "status", Title: "Stage", Statuses: []string{"Idea", "Work"}},
		"a currency":           {Slug: "budget", Type: "currency", Title: "Budget", Currency: "EUR", CurrencyDisplay: "code"},
		"a reference":          {Slug: "lead", Type: "record-reference", Title: "Lead", Objects: []string{"people", "companies"}},
		"a dynamic actor":      {Slug: "owner", Type: "actor-reference", Title: "Owner", Default: fake.CurrentUser},
		"a dynamic date":       {Slug: "due", Type: "date", Title: "Due", Default: fake.DynamicDefault("P7D")},
		"a relationship": {Slug: "team", Type: "record-reference", Title: "Team", Multiselect: true, Objects: []string{"people"},
			Relationship: &fake.Relationship{Object: "people", Slug: "projects", Title: "Projects", Multiselect: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, acme := newAcme(t)
			acme.AddObject(fake.Object{Slug: "projects", Singular: "Project", Plural: "Projects"})
			added := acme.AddAttribute("projects", given)
			if diff := cmp.Diff(given, added, cmpopts.IgnoreFields(fake.Attribute{}, "ID"), handles); diff != "" || added.ID == "" {
				t.Errorf("%q %s", added.ID, diff)
			}
			for _, key := range []string{added.Slug, added.ID} {
				if diff := cmp.Diff(added, acme.Attribute("projects", key), cmpopts.IgnoreFields(fake.Attribute{}, "Default"), handles); diff != "" {
					t.Errorf("%s: %s", key, diff)
				}
			}
			last := acme.Attributes("projects")
			if got := last[len(last)-1].ID; got != added.ID {
				t.Errorf("the last attribute is %s", got)
			}
		})
	}
}

func TestARecordGetsTheDefaults(t *testing.T) {
	t.Parallel()
	_, acme := newAcme(t)
	acme.AddObject(fake.Object{Slug: "projects", Singular: "Project", Plural: "Projects"})
	if got := acme.AddAttribute("projects", fake.Attribute{Slug: "annual_revenue", Type: "number"}).Title; got != "Annual revenue" {
		t.Errorf("without a title it is called %q", got)
	}
	acme.AddAttribute("projects", fake.Attribute{Slug: "tier", Type: "select", Options: []string{"Gold", "Silver"}, Default: "Silver"})
	acme.AddAttribute("projects", fake.Attribute{Slug: "due", Type: "date", Default: fake.DynamicDefault("P7D")})
	acme.AddAttribute("projects", fake.Attribute{Slug: "owner", Type: "actor-reference", Default: fake.CurrentUser})
	project := acme.As("bob").Create("projects", nil)
	if project.Text("tier") != "Silver" || !project.Time("due").Equal(noon.AddDate(0, 0, 7).Truncate(24*60*60*1e9)) || project.Ref("owner") != acme.Member("bob").ID {
		t.Errorf("got %s", project.JSON())
	}
	if nobodys := acme.AsSystem().Create("projects", nil); nobodys.Ref("owner") != "" {
		t.Errorf("got %s", nobodys.JSON())
	}
}

func TestBothSidesOfARelationshipAreAdded(t *testing.T) {
	t.Parallel()
	_, acme := newAcme(t)
	acme.AddObject(fake.Object{Slug: "projects", Singular: "Project", Plural: "Projects"})
	team := acme.AddAttribute("projects", fake.Attribute{Slug: "team", Type: "record-reference", Multiselect: true,
		Relationship: &fake.Relationship{Object: "people", Slug: "project"}})
	inverse := acme.Attribute("people", "project")
	want := fake.Attribute{ID: inverse.ID, Slug: "project", Type: "record-reference", Title: "Project", Objects: []string{"projects"},
		Relationship: &fake.Relationship{Object: "projects", Slug: "team", Title: "Team", Multiselect: true}}
	if diff := cmp.Diff(want, inverse, handles); diff != "" || team.ID == "" {
		t.Error(diff)
	}
	grace := acme.Create("people", nil)
	project := acme.Create("projects", fake.Values{"team": []fake.Record{grace}})
	if got := grace.Reload().Ref("project"); got != project.ID() {
		t.Errorf("her project is %q", got)
	}
}

func TestMistakesWithObjectsEndTheTest(t *testing.T) {
	t.Parallel()
	add := func(object string, a fake.Attribute) func(*fake.Workspace) {
		return func(acme *fake.Workspace) { acme.AddAttribute(object, a) }
	}
	const onDeals = `fake: workspace "acme": add attribute "x" to "deals": `
	const onPeople = `fake: workspace "acme": add attribute "x" to "people": `
	for name, tc := range map[string]struct {
		mistake func(acme *fake.Workspace)
		want    string
	}{
		"an object without names": {func(acme *fake.Workspace) { acme.AddObject(fake.Object{Slug: "projects"}) },
			`fake: an object needs a slug, a singular and a plural; got "projects", "" and ""`},
		"an object that is there": {func(acme *fake.Workspace) {
			acme.AddObject(fake.Object{Slug: "people", Singular: "Human", Plural: "Humans"})
		}, `fake: workspace "acme": Failed to create object. Please ensure your api_slug and names are unique.`},
		"an unknown object": {func(acme *fake.Workspace) { acme.Object("company") },
			`fake: workspace "acme": unknown object "company"; did you mean "companies"? Known: companies, deals, people`},
		"an unknown standard object": {func(acme *fake.Workspace) { acme.EnableObject("deal") },
			`fake: workspace "acme": unknown standard object "deal"; did you mean "deals"? Known: companies, deals, people, users, workspaces`},
		"an unknown attribute": {func(acme *fake.Workspace) { acme.Attribute("people", "job") },
			`fake: workspace "acme": object "people": unknown attribute "job"; known: `},
		"attributes of an unknown object": {func(acme *fake.Workspace) { acme.Attributes("peeple") },
			`fake: workspace "acme": unknown object "peeple"; did you mean "people"? Known: companies, deals, people`},
		"an attribute of an unknown object": {add("peeple", fake.Attribute{}),
			`fake: workspace "acme": unknown object "peeple"; did you mean "people"? Known: companies, deals, people`},
		"no slug":           {add("deals", fake.Attribute{Type: "text"}), `fake: workspace "acme": add attribute "" to "deals": an attribute needs a slug`},
		"a type":            {add("deals", fake.Attribute{Slug: "x", Type: "selct"}), onDeals + `unknown type "selct"; did you mean "select"?`},
		"a type of Attio's": {add("deals", fake.Attribute{Slug: "x", Type: "personal-name"}), onDeals + `unknown type "personal-name"; known: text, number, `},
		"a slug that is taken": {add("deals", fake.Attribute{Slug: "name", Type: "text"}),
			`fake: workspace "acme": add attribute "name" to "deals": An attribute with the same API slug already exists on this Object`},
		"archived": {add("deals", fake.Attribute{Slug: "x", Type: "text", Archived: true}), onDeals + "a new attribute cannot be archived"},
		"unique":   {add("people", fake.Attribute{Slug: "x", Type: "text", Unique: true}), onPeople + "Cannot set attribute as unique."},
		"multiselect": {add("deals", fake.Attribute{Slug: "x", Type: "text", Multiselect: true}),
			onDeals + `Attributes of type "text" cannot be multiselect.`},
		"options": {add("deals", fake.Attribute{Slug: "x", Type: "text", Options: []string{"A"}}), onDeals + "This attribute is not a select attribute."},
		"statuses": {add("deals", fake.Attribute{Slug: "x", Type: "select", Statuses: []string{"A"}}),
			onDeals + "This attribute is not a status attribute."},
		"an option twice": {add("deals", fake.Attribute{Slug: "x", Type: "select", Options: []string{"A", "B", "A"}}),
			onDeals + `There is already another select option with the title "A".`},
		"a status twice": {add("deals", fake.Attribute{Slug: "x", Type: "status", Statuses: []string{"A", "A"}}),
			onDeals + `There is already another status with the title "A".`},
		"a currency of a text": {add("deals", fake.Attribute{Slug: "x", Type: "text", Currency: "EUR"}), onDeals + "an attribute of type text has no currency"},
		"an unknown currency":  {add("deals", fake.Attribute{Slug: "x", Type: "currency", Currency: "EUX"}), onDeals + `unknown currency "EUX"; did you mean "EUR"?`},
		"an unknown display": {add("deals", fake.Attribute{Slug: "x", Type: "currency", CurrencyDisplay: "sign"}),
			onDeals + `unknown way to show a currency "sign"; known: code, name, narrowSymbol, symbol`},
		"objects of a text": {add("deals", fake.Attribute{Slug: "x", Type: "text", Objects: []string{"people"}}),
			onDeals + "an attribute of type text refers to no objects"},
		"an unknown allowed object": {add("deals", fake.Attribute{Slug: "x", Type: "record-reference", Objects: []string{"peeple"}}),
			onDeals + `Could not find an object with slug "peeple" for allowed objects.`},
		"an allowed object that is off": {add("people", fake.Attribute{Slug: "x", Type: "record-reference", Objects: []string{"users"}}),
			`fake: workspace "acme": add attribute "x" to "people": The Standard object with slug/ID "` + fake.ID("acme/objects/users") +
				`" must be enabled by a Workspace admin before it can be used.`},
		"a relationship of a text": {add("deals", fake.Attribute{Slug: "x", Type: "text", Relationship: &fake.Relationship{Object: "companies", Slug: "y"}}),
			onDeals + `Attributes of type "text" cannot have a relationship.`},
		"a relationship with nothing": {add("deals", fake.Attribute{Slug: "x", Type: "record-reference", Relationship: &fake.Relationship{Object: "peeple", Slug: "y"}}),
			onDeals + `Could not find an object with slug "peeple" for relationship.`},
		"a relationship without a slug": {add("deals", fake.Attribute{Slug: "x", Type: "record-reference", Relationship: &fake.Relationship{Object: "people"}}),
			onDeals + `the other side of a relationship needs a slug`},
		"a default on people": {add("people", fake.Attribute{Slug: "x", Type: "text", Default: "y"}), onPeople + "Default values are not supported on this object."},
		"a default without JSON": {add("deals", fake.Attribute{Slug: "x", Type: "text", Default: func() {}}),
			onDeals + "default: json: unsupported type: func()"},
		"a dynamic default of another type": {add("deals", fake.Attribute{Slug: "x", Type: "text", Default: fake.CurrentUser}),
			onDeals + `Dynamic default value "current-user" is not supported for attributes of type "text".`},
		"a default of the wrong type": {add("deals", fake.Attribute{Slug: "x", Type: "number", Default: "y"}),
			onDeals + "An invalid value was passed to attribute with slug \"x\".\n  value: Expected number, received string"},
		"a default of nothing": {add("deals", fake.Attribute{Slug: "x", Type: "select", Multiselect: true, Default: []string{}}),
			onDeals + "a default needs a value; leave it nil for none"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test placer
			srv := fake.New(&test, emptyAcme(), fake.WithoutSocket())
			defer srv.Close()
			acme := srv.Workspace("acme")
			acme.EnableObject("deals")
			objects, attributes := acme.Objects(), acme.Attributes("deals")
			tc.mistake(acme)
			if len(test.fatal) != 1 || !strings.HasPrefix(test.fatal[0], tc.want) {
				t.Errorf("got  %q\nwant %q", test.fatal, tc.want)
			}
			if !strings.Contains(test.at, "TestMistakesWithObjects") {
				t.Errorf("the failure is reported in %s", test.at)
			}
			if diff := cmp.Diff(objects, acme.Objects(), handles) + cmp.Diff(attributes, acme.Attributes("deals"), handles); diff != "" {
				t.Errorf("the mistake left something: %s", diff)
			}
		})
	}
}
