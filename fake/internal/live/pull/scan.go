package pull

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/pseudonym"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// mostLeaks is how many places a LeakError names.
const mostLeaks = 20

// originals collects what must not be left: every string that was found in an answer, whether anything is known of it or not. Words of
// Attio's attributes may be, and those of the workspace's own schema unless they are to get pseudonyms, too.
func (w *workspace) originals(found map[string]bool, schema bool) *pseudonym.Originals {
	originals := pseudonym.NewOriginals(vocabulary())
	if !schema {
		w.visitSchema(func(_ pseudonym.Kind, s *string) { originals.Allow(*s) })
	}
	for _, k := range w.kinds() {
		for _, a := range k.attributes {
			if a.System {
				originals.Allow(a.Slug)
				originals.Allow(a.Title)
			}
		}
	}
	w.visit(func(kind pseudonym.Kind, s *string) { originals.Add(kind, *s) }, schema)
	for _, s := range slices.Sorted(maps.Keys(found)) {
		originals.Add(pseudonym.Text, s)
	}
	return originals
}

// checkSchema looks for names of people and companies among the words of the schema, which stay unless that is asked for.
func (w *workspace) checkSchema(originals *pseudonym.Originals, schema bool) error {
	if schema {
		return nil
	}
	leak := new(LeakError)
	for _, k := range w.kinds() {
		at := "objects/" + k.Slug
		if k.isList() {
			at = "lists/" + k.Slug
		}
		check := func(place, word string) {
			if originals.IsName(word) && len(leak.Places) < mostLeaks {
				leak.Places = append(leak.Places, place+" is the name of somebody or something; give the schema pseudonyms, too, with --anonymise-schema")
			}
		}
		check("the name of "+at, k.Name)
		for _, a := range k.attributes {
			if !a.System {
				check("the title of "+at+"/attributes/"+a.Slug, a.Title)
			}
			for i, c := range a.choices {
				if !k.isAttios(a, c.Title) {
					check(fmt.Sprintf("the title of choice %d of %s/attributes/%s", i+1, at, a.Slug), c.Title)
				}
			}
		}
	}
	if leak.Places != nil {
		return leak
	}
	return nil
}

// scan refuses a file in which an original is left, and says where.
func scan(originals *pseudonym.Originals, file []byte) error {
	places := originals.Scan(string(file), mostLeaks)
	if len(places) == 0 {
		return nil
	}
	root := parse(string(file))
	leak := new(LeakError)
	for _, place := range places {
		leak.Places = append(leak.Places, strings.Join(pathAt(root, place.Line, place.Column), "/"))
	}
	return leak
}

// parse reads a file that is a scenario.
func parse(text string) *yamltree.Node {
	return yamltree.Parse(&yamltree.File{Name: "scenario"}, text, new(yamltree.Problems))
}

// pathAt returns the keys that lead to a place in a tree.
func pathAt(root *yamltree.Node, line, column int) []string {
	var path []string
	before := func(at yamltree.Position) bool {
		return int(at.Line) < line || int(at.Line) == line && int(at.Column) <= column
	}
	for n := root; n != nil; {
		var next *yamltree.Node
		step := ""
		for _, f := range n.Fields {
			if before(f.At) {
				next, step = f.Value, f.Name
			}
		}
		for i, item := range n.Items {
			if before(item.Position) {
				next, step = item, fmt.Sprint(i+1)
			}
		}
		if next != nil {
			path = append(path, step)
		}
		n = next
	}
	return path
}

// fixedWords are those of values, filters and comments, which the schema of the format does not list, and of what outline adds.
var fixedWords = []string{
	"https", "scenario.schema.json", "yaml-language-server", "example.com", "former", "member", "current-user", "full", "token", "app", "callback", "unknown",
	"first_name", "last_name", "full_name", "original_phone_number", "line_1", "locality", "region", "postcode", "country_code", "latitude", "longitude",
	"interaction_type", "interacted_at", "owner_actor", "calendar-event", "call-recording", "email", "referenced_actor_type", "referenced_actor_id",
	"target_object", "target_record_id", "parent_record", "system", "workspace-member", "api-token", "field", "operator", "equals", "not_equals",
	"starts_with", "ends_with", "contains", "not_empty", "not_contains", "id.object_id", "id.list_id", "id.attribute_id", "id.record_id", "actor.type",
	"option", "status", "root_domain", "email_domain", "local_specifier", "false",
}

// vocabulary lists the words that say nothing about anybody: those of Attio's API and standard objects, and of the format.
func vocabulary() []string {
	words := slices.Clone(fixedWords)
	for _, op := range attio.Operations() {
		words = append(words, op.Name, op.Path)
	}
	for _, s := range attio.AllScopes() {
		words = append(words, string(s))
	}
	attributes := func(all []standard.Attribute) {
		for _, a := range all {
			words = append(words, a.Slug, a.Title, string(a.Type))
			for _, o := range a.Options {
				words = append(words, o.Title)
			}
			for _, s := range a.Statuses {
				words = append(words, s.Title)
			}
		}
	}
	for _, o := range standard.Objects() {
		words = append(words, o.Slug, o.Singular, o.Plural)
		attributes(o.Attributes)
	}
	attributes(standard.List())
	var schema any
	if json.Unmarshal(scenario.Schema(), &schema) != nil {
		panic("the schema of scenarios is JSON")
	}
	return append(words, keysOf(schema)...)
}

// keysOf lists the keys and words of the format, as its JSON Schema has them.
func keysOf(schema any) []string {
	var words []string
	switch part := schema.(type) {
	case map[string]any:
		if properties, ok := part["properties"].(map[string]any); ok {
			for key := range properties {
				words = append(words, key)
			}
		}
		for _, key := range []string{"const", "enum"} {
			switch word := part[key].(type) {
			case string:
				words = append(words, word)
			case []any:
				for _, w := range word {
					if text, ok := w.(string); ok {
						words = append(words, text)
					}
				}
			}
		}
		for _, below := range part {
			words = append(words, keysOf(below)...)
		}
	case []any:
		for _, below := range part {
			words = append(words, keysOf(below)...)
		}
	}
	return words
}
