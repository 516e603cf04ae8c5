package pull

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/live"
	"github.com/fakeattio/fakeattio/fake/internal/live/pseudonym"
)

func TestEveryStringOfAnAnswerIsCollectedWhateverItIs(t *testing.T) {
	t.Parallel()
	s := &source{strings: make(map[string]bool)}
	var into any
	answer := json.RawMessage(`{"data":[{"id":{"record_id":"0f6b2a3c-0000-4000-8000-000000000001"},"created_at":"2024-03-01T08:00:00.000000000Z",
		"new_in_2027":{"deep":["Alder Clinics",["Hamburg"]]},"attribute_type":"text","value":"Met Grace","date":"2024-03-01","count":7,"type":"table","type_of":{"type":{"x":"inner"}}}]}`)
	if err := s.read(live.Request{Method: "GET", Path: "/v2/x"}, answer, &into); err != nil {
		t.Fatal(err)
	}
	want := []string{"0f6b2a3c-0000-4000-8000-000000000001", "Alder Clinics", "Hamburg", "Met Grace", "inner"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(s.strings))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestALeakIsNamedByItsPlaceAlone(t *testing.T) {
	t.Parallel()
	const clean = `version: 1
workspaces:
  birch:
    name: Birch
    objects:
      people:
        records:
          ada: {name: "Keller, Ada", created_at: 2024-03-01T08:00:00Z, email_addresses: [ada@mill.alt, second@mill.alt]}
    notes:
      talk:
        record: people/ada
        markdown: |-
          ## Talked
          - about the weather
`
	w := &workspace{objects: []*kind{{Slug: "people", standard: "people"}}}
	found := map[string]bool{"Lindholm, Mara": true, "mara@fernhill.com": true, "Spoke to Henrik": true, "record": true, "people": true}
	for name, test := range map[string]struct{ before, after, want string }{
		"nothing":             {"", "", ""},
		"a name":              {"Keller, Ada", "Lindholm, Ada", "workspaces/birch/objects/people/records/ada/name"},
		"an item of a list":   {"second@mill.alt", "x@fernhill.alt", "workspaces/birch/objects/people/records/ada/email_addresses/2"},
		"a line of a text":    {"about the weather", "about henrik", "workspaces/birch/notes/talk/markdown"},
		"a key":               {"talk:", "henriks-talk:", "workspaces/birch/notes/henriks-talk"},
		"a name in a capital": {"name: Birch", "name: HENRIKs", "workspaces/birch/name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			originals := w.originals(found, false)
			originals.Add(pseudonym.Last, "Lindholm")
			err := scan(originals, []byte(strings.Replace(clean, test.before, test.after, 1)))
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			leak, ok := errors.AsType[*LeakError](err)
			if !ok || !slices.Contains(leak.Places, test.want) {
				t.Fatalf("got the error %v, want the place %s", err, test.want)
			}
		})
	}
}
