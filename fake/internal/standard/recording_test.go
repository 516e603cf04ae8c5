package standard

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// workspace is a recorded listing of a workspace's objects.
type workspace struct {
	slugs map[string]string // of the objects, by id
	nouns map[string][2]string
}

func openWorkspace(t *testing.T, recording string) workspace {
	t.Helper()
	w := workspace{map[string]string{}, map[string][2]string{}}
	for _, o := range data[struct {
		ID struct {
			ObjectID string `json:"object_id"`
		}
		Slug     string `json:"api_slug"`
		Singular string `json:"singular_noun"`
		Plural   string `json:"plural_noun"`
	}](t, recording) {
		w.slugs[o.ID.ObjectID] = o.Slug
		w.nouns[o.Slug] = [2]string{o.Singular, o.Plural}
	}
	return w
}

// attributes are the attributes of an object in the workspace.
func (w workspace) attributes(o Object) []Attribute {
	return slices.DeleteFunc(o.Attributes, func(a Attribute) bool {
		_, enabled := w.nouns[a.Needs()]
		return a.Needs() != "" && !enabled
	})
}

// listed is an attribute as a listing shows it, with slugs in place of ids.
type listed struct {
	Title, Slug    string
	Description    *string
	Type           attribute.Type
	System         bool
	Writable       bool
	Required       bool
	Unique         bool
	Multiselect    bool
	DefaultEnabled bool
	Archived       bool
	Default        *recordedDefault
	Currency       attribute.Currency
	Objects        []string
	Relationship   *otherSide
}

type recordedDefault struct{ Type, Template string }

type otherSide struct {
	Object, Slug, Title string
	Multiselect         bool
}

func TestAttributesAreAsRecorded(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ recording, object, objects string }{
		{"kyle__attributes_list_people_0", "people", "kyle__objects_list_0"},
		{"kyle__attributes_list_companies_0", "companies", "kyle__objects_list_0"},
		{"rbeene__api_response_attributes_list", "people", "rbeene__api_response_objects_list"},
	} {
		t.Run(test.recording, func(t *testing.T) {
			t.Parallel()
			w := openWorkspace(t, test.objects)
			var want []listed
			for _, recorded := range data[recordedAttribute](t, test.recording) {
				if recorded.System { // custom attributes follow
					want = append(want, recorded.listed(w))
				}
			}
			var got []listed
			for _, a := range w.attributes(object(t, test.object)) {
				got = append(got, a.listed(t))
			}
			if strings.HasPrefix(test.recording, "rbeene") { // in July 2025 a relationship had only an id
				for i := range got {
					if r := got[i].Relationship; r != nil {
						got[i].Relationship = &otherSide{Object: r.Object}
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// recordedAttribute is the wire shape.
type recordedAttribute struct {
	Title, Description *string
	Slug               string `json:"api_slug"`
	Type               attribute.Type
	System             bool             `json:"is_system_attribute"`
	Writable           bool             `json:"is_writable"`
	Required           bool             `json:"is_required"`
	Unique             bool             `json:"is_unique"`
	Multiselect        bool             `json:"is_multiselect"`
	DefaultEnabled     bool             `json:"is_default_value_enabled"`
	Archived           bool             `json:"is_archived"`
	Default            *recordedDefault `json:"default_value"`
	Relationship       *struct {
		ID struct {
			Object string `json:"object_id"`
		}
		Slug        string `json:"api_slug"`
		Title       string
		Multiselect bool `json:"is_multiselect"`
	}
	Config struct {
		Currency struct {
			Code    string `json:"default_currency_code"`
			Display string `json:"display_type"`
		}
		RecordReference struct {
			Objects []string `json:"allowed_object_ids"`
		} `json:"record_reference"`
	}
}

func (r recordedAttribute) listed(w workspace) listed {
	l := listed{
		Title: *r.Title, Slug: r.Slug, Description: r.Description, Type: r.Type,
		System: r.System, Writable: r.Writable, Required: r.Required, Unique: r.Unique, Multiselect: r.Multiselect,
		DefaultEnabled: r.DefaultEnabled, Archived: r.Archived, Default: r.Default,
		Currency: attribute.Currency{Code: r.Config.Currency.Code, Display: r.Config.Currency.Display},
	}
	for _, id := range r.Config.RecordReference.Objects {
		l.Objects = append(l.Objects, w.slugs[id])
	}
	if other := r.Relationship; other != nil {
		l.Relationship = &otherSide{w.slugs[other.ID.Object], other.Slug, other.Title, other.Multiselect}
	}
	return l
}

func (a Attribute) listed(t *testing.T) listed {
	t.Helper()
	l := listed{
		Title: a.Title, Slug: a.Slug, Description: a.Description, Type: a.Type,
		System: a.System, Writable: a.Writable, Required: a.Required, Unique: a.Unique, Multiselect: a.Multiselect,
		DefaultEnabled: a.Default != nil, Archived: a.Archived, Currency: a.Currency,
	}
	if a.Default != nil {
		l.Default = &recordedDefault{"dynamic", a.Default.Dynamic}
	}
	if a.Inverse != nil {
		other := find(t, Objects(), a.Inverse.Object, a.Inverse.Attribute)
		l.Objects = []string{a.Inverse.Object}
		l.Relationship = &otherSide{a.Inverse.Object, other.Slug, other.Title, other.Multiselect}
	}
	return l
}

func TestNounsAreAsRecorded(t *testing.T) {
	t.Parallel()
	for recording, standard := range map[string]int{
		"kyle__objects_list_0":              3,
		"nango__list_objects":               5,
		"rbeene__api_response_objects_list": 4,
	} {
		w := openWorkspace(t, recording)
		for _, o := range Objects() {
			nouns, enabled := w.nouns[o.Slug]
			if !enabled {
				if o.AlwaysOn {
					t.Errorf("%s: %s is off", recording, o.Slug)
				}
				continue
			}
			standard--
			if want := [2]string{o.Singular, o.Plural}; nouns != want {
				t.Errorf("%s: %s: recorded %v, got %v", recording, o.Slug, nouns, want)
			}
		}
		if standard != 0 {
			t.Errorf("%s: %d standard objects more than found", recording, standard)
		}
	}
}

func TestCategoriesAreAsRecorded(t *testing.T) {
	t.Parallel()
	type option struct {
		Title    string
		Archived bool `json:"is_archived"`
	}
	var got []option
	for _, o := range find(t, Objects(), "companies", "categories").Options {
		got = append(got, option{o.Title, o.Archived})
	}
	want := data[option](t, "kyle__select_options_list_companies_categories_0")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The recorded stages have the workspace's own titles; everything else is as in a new workspace.
func TestStagesHaveTheRecordedFlags(t *testing.T) {
	t.Parallel()
	type status struct {
		Archived    bool    `json:"is_archived"`
		TargetTime  *string `json:"target_time_in_status"`
		Celebration bool    `json:"celebration_enabled"`
	}
	want := data[status](t, "kyle__statuses_list_deals_stage_0")[0]
	for _, s := range find(t, Objects(), "deals", "stage").Statuses {
		if diff := cmp.Diff(want, status{s.Archived, s.TargetTime, s.Celebration}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.Title, diff)
		}
	}
}

func TestRecordsAreAsRecorded(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ recording, object, objects string }{
		{"kyle__companies_query_0", "companies", "kyle__objects_list_0"},
		{"kyle__deals_query_0", "deals", "kyle__objects_list_0"},
		{"nango__companies", "companies", "nango__list_objects"},
		{"nango__people", "people", "nango__list_objects"},
		{"nango__get_record", "people", "nango__list_objects"},
	} {
		t.Run(test.recording, func(t *testing.T) {
			t.Parallel()
			w, o := openWorkspace(t, test.objects), object(t, test.object)
			attributes := w.attributes(o)
			for _, record := range data[struct {
				ID struct {
					Record string `json:"record_id"`
				}
				WebURL string `json:"web_url"`
				Values json.RawMessage
			}](t, test.recording) {
				if want := "/" + o.WebPath + "/" + record.ID.Record; !strings.HasSuffix(record.WebURL, "example-workspace"+want) {
					t.Errorf("web_url: recorded %s, want it to end in %s", record.WebURL, want)
				}
				keys, values := members(t, record.Values)
				if slugs := slugsOf(attributes); !slices.Equal(keys[:min(len(slugs), len(keys))], slugs) { // custom ones follow
					t.Fatalf("values (-recorded +got):\n%s", cmp.Diff(keys, slugs))
				}
				for _, a := range attributes {
					checkValues(t, a, values[a.Slug])
				}
			}
		})
	}
}

// checkValues checks the recorded values of an attribute against what the attribute allows.
func checkValues(t *testing.T, a Attribute, recorded json.RawMessage) {
	t.Helper()
	var values []struct {
		Type     attribute.Type `json:"attribute_type"`
		Option   struct{ Title string }
		Currency string `json:"currency_code"`
		Object   string `json:"target_object"`
	}
	if err := json.Unmarshal(recorded, &values); err != nil {
		t.Fatalf("%s: %v", a.Slug, err)
	}
	if len(values) > 1 && !a.Multiselect {
		t.Errorf("%s has one value, recorded are %d", a.Slug, len(values))
	}
	for _, v := range values {
		if v.Type != a.Type {
			t.Errorf("%s is a %s, recorded is a %s", a.Slug, a.Type, v.Type)
		}
		if a.Type == attribute.TypeSelect && !slices.Contains(a.Options, attribute.Option{Title: v.Option.Title}) {
			t.Errorf("%s has no option %q", a.Slug, v.Option.Title)
		}
		if v.Currency != a.Currency.Code {
			t.Errorf("%s counts in %q, recorded is %q", a.Slug, a.Currency.Code, v.Currency)
		}
		if a.Inverse != nil && v.Object != a.Inverse.Object {
			t.Errorf("%s refers to %s, recorded is %s", a.Slug, a.Inverse.Object, v.Object)
		}
	}
}

func slugsOf(attributes []Attribute) []string {
	var slugs []string
	for _, a := range attributes {
		slugs = append(slugs, a.Slug)
	}
	return slugs
}

func object(t *testing.T, slug string) Object {
	t.Helper()
	objects := Objects()
	i := slices.IndexFunc(objects, func(o Object) bool { return o.Slug == slug })
	if i < 0 {
		t.Fatalf("there is no object %s", slug)
	}
	return objects[i]
}

// data returns the data of a recorded answer, a list or a single thing.
func data[T any](t *testing.T, recording string) []T {
	t.Helper()
	var body struct{ Data json.RawMessage }
	answer := contract.FindRecording(t, recording).Answer
	if err := json.Unmarshal(answer.Body, &body); err != nil {
		t.Fatalf("%s: %v", recording, err)
	}
	list := body.Data
	if bytes.HasPrefix(list, []byte("{")) {
		list = slices.Concat([]byte("["), list, []byte("]"))
	}
	var things []T
	if err := json.Unmarshal(list, &things); err != nil {
		t.Fatalf("%s: %v", recording, err)
	}
	if len(things) == 0 {
		t.Fatalf("%s: there is no data", recording)
	}
	return things
}

// members returns the members of a JSON object, and its keys in order.
func members(t *testing.T, text json.RawMessage) (keys []string, values map[string]json.RawMessage) {
	t.Helper()
	if err := json.Unmarshal(text, &values); err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	_, _ = decoder.Token() // "{"; Unmarshal has found the text to be well formed
	for decoder.More() {
		key, _ := decoder.Token()
		keys = append(keys, key.(string))
		_ = decoder.Decode(new(json.RawMessage))
	}
	return keys, values
}
