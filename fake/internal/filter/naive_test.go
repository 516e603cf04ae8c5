package filter

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// naive answers queries from the JSON of values as clients read it, one record at a time. It knows only the
// language: no definitions, no indexes, no value types.
type naive map[string][]naiveRecord // by the object's slug, in ascending order of the ids

type naiveRecord struct {
	id     string
	values map[string][]map[string]any
}

// newNaive renders a whole workspace.
func newNaive(t tb, state *world.State) naive {
	t.Helper()
	n := naive{}
	for _, object := range state.Schema.Objects {
		for record := range state.Records(object.ID) {
			r := naiveRecord{string(record.ID), map[string][]map[string]any{}}
			for _, d := range object.Attributes {
				for _, held := range record.Active(d) {
					text := attribute.AppendValue(nil, held.Value, reader{state, object, d}, held.From, held.Until, held.Actor)
					dec := json.NewDecoder(bytes.NewReader(text))
					dec.UseNumber()
					var value map[string]any
					if err := dec.Decode(&value); err != nil {
						t.Fatal(err)
					}
					r.values[d.Slug] = append(r.values[d.Slug], value)
				}
			}
			n[object.Slug] = append(n[object.Slug], r)
		}
	}
	return n
}

// reader is what rendering a value needs to know about its place.
type reader struct {
	state  *world.State
	object *world.Object
	d      *attribute.Definition
}

func (r reader) WorkspaceID() attio.ID             { return r.state.ID }
func (r reader) ParentID() attio.ID                { return r.object.ID }
func (r reader) Definition() *attribute.Definition { return r.d }
func (r reader) ObjectSlug(id attio.ID) string {
	object, _ := r.state.Schema.ObjectByID(id)
	return object.Slug
}

func (n naive) find(object string, filter any) []string {
	var ids []string
	for _, r := range n[object] {
		if n.matches(r, filter) {
			ids = append(ids, r.id)
		}
	}
	return ids
}

func (n naive) matches(r naiveRecord, filter any) bool {
	for key, value := range filter.(map[string]any) {
		var ok bool
		switch key {
		case "$and":
			ok = !slices.ContainsFunc(value.([]any), func(f any) bool { return !n.matches(r, f) })
		case "$or":
			ok = slices.ContainsFunc(value.([]any), func(f any) bool { return n.matches(r, f) })
		case "$not":
			ok = !n.matches(r, value)
		case "path":
			ok = n.follow(r, value.([]any), filter.(map[string]any)["constraints"])
		case "constraints":
			continue
		default:
			ok = slices.ContainsFunc(r.values[key], func(v map[string]any) bool { return holds(v, value) })
		}
		if !ok {
			return false
		}
	}
	return true
}

func (n naive) follow(r naiveRecord, path []any, constraints any) bool {
	values := r.values[path[0].([]any)[1].(string)]
	if len(path) == 1 {
		return slices.ContainsFunc(values, func(v map[string]any) bool { return holds(v, constraints) })
	}
	to := path[1].([]any)[0].(string)
	return slices.ContainsFunc(values, func(v map[string]any) bool {
		target, ok := n.record(to, v)
		return ok && n.follow(target, path[1:], constraints)
	})
}

func (n naive) record(object string, reference map[string]any) (naiveRecord, bool) {
	i := slices.IndexFunc(n[object], func(r naiveRecord) bool {
		return reference["target_object"] == object && reference["target_record_id"] == r.id
	})
	if i < 0 {
		return naiveRecord{}, false
	}
	return n[object][i], true
}

var naiveDefaults = map[string]string{
	"currency": "currency_value", "status": "status", "select": "option", "record-reference": "target_record_id",
	"domain": "domain", "email-address": "email_address", "phone-number": "phone_number", "personal-name": "full_name",
}

func holds(value map[string]any, constraint any) bool {
	field, ok := naiveDefaults[value["attribute_type"].(string)]
	if !ok {
		field = "value"
	}
	object, ok := constraint.(map[string]any)
	if !ok {
		return compares(value, field, "$eq", constraint)
	}
	for key, operand := range object {
		if strings.HasPrefix(key, "$") {
			if !compares(value, field, key, operand) {
				return false
			}
			continue
		}
		operators, ok := operand.(map[string]any)
		if !ok {
			operators = map[string]any{"$eq": operand}
		}
		for operator, operand := range operators {
			if !compares(value, key, operator, operand) {
				return false
			}
		}
	}
	return true
}

func compares(value map[string]any, field, operator string, operand any) bool {
	actual := value[field]
	switch field {
	case "status", "option":
		choice := actual.(map[string]any)
		return choice["title"] == operand || choice["id"].(map[string]any)[field+"_id"] == operand
	case "owner_member_id":
		if owner := value["owner_actor"].(map[string]any); owner["type"] == "workspace-member" {
			actual = owner["id"]
		}
	}
	switch operator {
	case "$in":
		return slices.ContainsFunc(operand.([]any), func(one any) bool { return compares(value, field, "$eq", one) })
	case "$not_empty":
		return actual != nil && actual != ""
	}
	kind := value["attribute_type"]
	switch {
	case actual == nil || operand == nil || kind == "checkbox":
		return actual == operand
	case field == "active_from" || field == "interacted_at" || kind == "timestamp":
		a, _ := time.Parse(time.RFC3339Nano, actual.(string))
		b, _ := time.Parse(time.RFC3339Nano, operand.(string))
		return inOrder(a.Compare(b), operator)
	case kind == "number" || kind == "rating" || kind == "currency":
		a, _ := actual.(json.Number).Float64()
		b, _ := operand.(json.Number).Float64()
		return inOrder(cmp.Compare(a, b), operator)
	case kind == "date":
		return inOrder(cmp.Compare(actual.(string), operand.(string)), operator)
	}
	a, b := strings.ToLower(actual.(string)), strings.ToLower(operand.(string))
	if field == "phone_number" && (operator == "$eq" || operator == "$starts_with") {
		a, b = strings.TrimPrefix(a, "+"), strings.TrimPrefix(b, "+")
	}
	switch operator {
	case "$contains":
		return strings.Contains(a, b)
	case "$starts_with":
		return strings.HasPrefix(a, b)
	case "$ends_with":
		return strings.HasSuffix(a, b)
	}
	return a == b
}

func inOrder(c int, operator string) bool {
	switch operator {
	case "$lt":
		return c < 0
	case "$lte":
		return c <= 0
	case "$gt":
		return c > 0
	case "$gte":
		return c >= 0
	}
	return c == 0
}

// sorted orders ids by text and number fields of single values, empty ones last, then by id.
func (n naive) sorted(object string, ids []string, sorts []Sort) []string {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b string) int {
		for _, s := range sorts {
			x, y := n.sortKey(object, a, s), n.sortKey(object, b, s)
			if x == nil || y == nil {
				if x != y {
					if x == nil {
						return 1
					}
					return -1
				}
				continue
			}
			c := compareKeys(x, y)
			if s.Direction == "desc" {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return strings.Compare(a, b)
	})
	return ids
}

func (n naive) sortKey(object, id string, s Sort) any {
	path := s.Path
	if path == nil {
		path = [][]string{{object, s.Attribute}}
	}
	i := slices.IndexFunc(n[object], func(r naiveRecord) bool { return r.id == id })
	at := n[object][i]
	for i, pair := range path {
		values := at.values[pair[1]]
		if len(values) == 0 {
			return nil
		}
		if i == len(path)-1 {
			if values[0][s.Field] == "" {
				return nil
			}
			return values[0][s.Field]
		}
		var ok bool
		if at, ok = n.record(path[i+1][0], values[0]); !ok {
			return nil
		}
	}
	return nil
}

func compareKeys(a, b any) int {
	if a, ok := a.(json.Number); ok {
		x, _ := a.Float64()
		y, _ := b.(json.Number).Float64()
		return cmp.Compare(x, y)
	}
	x, y := a.(string), b.(string)
	return cmp.Or(strings.Compare(strings.ToLower(x), strings.ToLower(y)), strings.Compare(x, y))
}
