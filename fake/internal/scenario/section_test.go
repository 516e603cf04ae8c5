package scenario

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

func TestEveryFieldOfAWorkspaceHasARowAndEveryRowAField(t *testing.T) {
	t.Parallel()
	fields := keysOf(optionsOf(reflect.TypeFor[workspace]()))
	rows := make([]string, len(sections))
	for i, s := range sections {
		rows[i] = s.key
	}
	slices.Sort(fields)
	slices.Sort(rows)
	if diff := cmp.Diff(fields, rows); diff != "" {
		t.Errorf("(-fields of workspace +rows of sections)\n%s", diff)
	}
}

func TestARowSaysWhyItLeavesSomethingOut(t *testing.T) {
	t.Parallel()
	for _, s := range sections {
		for what, missing := range map[string]struct {
			is     bool
			reason string
		}{
			"ids":    {s.ids == nil, s.why.noIDs},
			"build":  {len(s.build) == 0, s.why.noBuild},
			"export": {s.export == nil, s.why.noExport},
		} {
			if missing.is != (missing.reason != "") {
				t.Errorf("%s: either %s or the reason for its absence must be there, and not both", s.key, what)
			}
		}
	}
}

// A document is too small for a table. What it extends is in the file itself once it is exported.
func TestEveryKeyOfADocumentIsExportedThatSaysSomethingAboutTheState(t *testing.T) {
	t.Parallel()
	seed, err := Load(Text("team.yaml", `
version: 1
seed: 7
clock: 2026-01-15T09:00:00Z
apps: {crm: {redirect_uris: [https://crm.example.com/back], scopes: all}}
users: {ada: {email: ada@example.com}}
workspaces: {acme: {}}
faults: {down: unavailable}
`))
	if err != nil {
		t.Fatal(err)
	}
	file, err := Export(seed)
	if err != nil {
		t.Fatal(err)
	}
	root := yamltree.Parse(&yamltree.File{Name: "exported.yaml"}, file, new(yamltree.Problems))
	for _, key := range keysOf(optionsOf(reflect.TypeFor[document]())) {
		if _, exported := root.Find(key); exported == slices.Contains([]string{"$schema", "extends"}, key) {
			t.Errorf("%s: exported %t\n%s", key, exported, file)
		}
	}
}

func TestEveryPhaseHasAStep(t *testing.T) {
	t.Parallel()
	for p := range phaseEnd {
		if !slices.ContainsFunc(sections, func(s section) bool { return s.build[p] != nil }) {
			t.Errorf("no section is built in phase %d", p)
		}
	}
}

// A document is made from the types of the format with one thing of each kind, each with an id.
func TestEveryIDThatAFileCanGiveIsCollected(t *testing.T) {
	t.Parallel()
	ids := 0
	text, err := json.Marshal(map[string]any{"workspaces": map[string]any{"acme": withIDs(reflect.TypeFor[workspace](), &ids)}})
	if err != nil {
		t.Fatal(err)
	}
	ignored := new(yamltree.Problems) // much that is required is missing
	root := yamltree.Parse(&yamltree.File{Name: "ids.yaml"}, text, ignored)
	if root == nil {
		t.Fatal(ignored.Err())
	}
	w, ok := decodeDocument(root, true, ignored).Workspaces.get("acme")
	if !ok {
		t.Fatal(ignored.Err())
	}
	ps := new(yamltree.Problems)
	collected := collectIDs(w, ps)
	if len(collected) != ids || ids < 15 || !ps.Empty() {
		t.Errorf("the file gives %d ids, of which %d are collected: %v\n%s\n%v", ids, len(collected), collected, text, ps.Err())
	}
}

// withIDs returns a value of a type of the format in which everything that can have an id has one; nil where nothing can.
func withIDs(of reflect.Type, ids *int) any {
	switch of.Kind() {
	case reflect.Pointer:
		return withIDs(of.Elem(), ids)
	case reflect.Slice:
		if one := withIDs(of.Elem(), ids); one != nil {
			return []any{one}
		}
		return nil
	case reflect.Struct:
	default:
		return nil
	}
	if items, ok := of.FieldByName("items"); ok { // ordered
		value, _ := items.Type.Elem().FieldByName("value")
		if one := withIDs(value.Type, ids); one != nil {
			return map[string]any{"key": one}
		}
		return nil
	}
	m := make(map[string]any)
	if _, ok := of.FieldByName("identified"); ok {
		*ids++
		m[idKey] = fmt.Sprintf("00000000-0000-4000-8000-%012d", *ids)
	}
	for _, o := range optionsOf(of) {
		if value := withIDs(of.FieldByIndex(o.index).Type, ids); value != nil {
			m[o.key] = value
		}
	}
	if len(m) == 0 {
		return nil
	}
	return m
}
