package attribute

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// RecordReference is a value of a record-reference attribute.
type RecordReference struct{ Object, Record attio.ID }

// naturalKeys are the attributes by which a plain string names a record of a standard object. From
// Attio's guide: attribute types, record reference.
var naturalKeys = map[string]string{
	"companies":  "domains",
	"people":     "email_addresses",
	"users":      "user_id",
	"workspaces": "workspace_id",
}

// parseRecordReference reads the three forms that Attio's guide on linking records has: a record by its id,
// by a value that it has, and by a value with a rule for none or several. Of the last it reads the match alone.
func (r reader) parseRecordReference(written any) (Value, error) {
	if s, ok := written.(string); ok {
		return r.parseNaturalKey(s)
	}
	members, _ := written.(map[string]any)
	target, ok := members["target_object"].(string)
	if !ok {
		return nil, targetObjectMissing()
	}
	if len(members) != 2 {
		return nil, failedUnion()
	}
	key, by := memberBeside(members, "target_object")
	record, isID := parseTargetID(by)
	if key == "target_record_id" && !isID {
		return nil, failedUnion()
	}
	object, err := r.ws.FindObject(target)
	if err != nil {
		return nil, err
	}
	if allowed := r.definition.Objects; len(allowed) > 0 && !slices.Contains(allowed, object) {
		// Attio's words for an object that the attribute does not allow are not known.
		return nil, Issues{invalidMember("target_object", fmt.Sprintf("Attribute does not allow references to object with slug/ID \"%s\"", target))}
	}
	switch key {
	case "target_record_reference":
		return r.parseMatch(match{object: object, target: target}, by)
	case "target_record_id":
		if !r.ws.HasRecord(object, record) {
			return nil, attio.TargetRecordNotFound(record)
		}
		return RecordReference{object, record}, nil
	}
	return r.find(match{object: object, target: target, key: key, path: []any{key}}, by)
}

// parseNaturalKey reads a plain string: a value of the one attribute that names the records of a standard
// object, where the reference can be to nothing else. Another string lacks the object.
func (r reader) parseNaturalKey(s string) (Value, error) {
	if len(r.definition.Objects) != 1 {
		return nil, targetObjectMissing()
	}
	object := r.definition.Objects[0]
	target := r.ws.StandardObject(object)
	key, ok := naturalKeys[target]
	if !ok {
		return nil, targetObjectMissing()
	}
	value, err := r.find(match{object: object, target: target, key: key}, s)
	if _, isNone := errors.AsType[Issues](err); isNone {
		return nil, targetObjectMissing()
	}
	return value, err
}

// parseMatch reads {"match": {"domains": "example.com"}}, the value alone or in an array. What else can stand
// there, such as if_multiple_matches, is on a part of the guide's page that nobody has kept.
func (r reader) parseMatch(m match, written any) (Value, error) {
	const key = "target_record_reference"
	form, err := objectForm(written)
	if err != nil {
		return nil, failedUnion()
	}
	by, _ := form.get("match", "object")
	form.unknown("fakeattio does not know these keys yet")
	if form.issues != nil {
		return nil, form.issues.below(key)
	}
	members, ok := by.(map[string]any)
	if !ok || len(members) != 1 {
		return nil, Issues{invalidAt("Exactly one attribute must be given to match", key, "match")}
	}
	m.key, by = memberBeside(members, "")
	m.path = []any{key, "match", m.key}
	if list, ok := by.([]any); ok && len(list) != 1 {
		return nil, Issues{invalidAt("Exactly one value must be given to match", m.path...)}
	}
	return r.find(m, by)
}

// match is an attribute of an object by which to find a record.
type match struct {
	object attio.ID
	target string // the object as it was written
	key    string // the attribute as it was written
	path   []any  // where its value is, in the reference
}

// find returns a reference to the one record that has a value, which may stand in an array. What is wrong with
// the value is said of the reference: the refusals that were seen name the attribute that the client wrote.
func (r reader) find(m match, by any) (Value, error) {
	if list, ok := by.([]any); ok {
		if len(list) != 1 {
			return nil, failedUnion()
		}
		by, m.path = list[0], append(m.path, 0)
	}
	d, ok := r.ws.FindAttribute(m.object, m.key)
	switch {
	case !ok:
		return nil, attio.AttributeNotFoundInValues(m.key)
	case !d.Type.can(matched):
		return nil, Issues{invalidAt(fmt.Sprintf("Attributes of type \"%s\" cannot be matched", d.Type), m.path...)}
	}
	value, err := reader{ws: r.ws, definition: d}.parse(by)
	if err != nil {
		if issues, ok := errors.AsType[Issues](err); ok {
			return nil, issues.below(m.path...)
		}
		return nil, err
	}
	switch records := r.ws.FindRecords(m.object, d, value); len(records) {
	case 0:
		return nil, attio.TargetRecordNotMatched(m.target, m.key)
	case 1:
		return RecordReference{m.object, records[0]}, nil
	}
	return nil, attio.TargetRecordAmbiguous(m.target, m.key)
}

func parseTargetID(written any) (attio.ID, bool) {
	text, _ := written.(string)
	return attio.ParseID(text)
}

// memberBeside returns the member other than the one named, of two.
func memberBeside(members map[string]any, key string) (string, any) {
	for other, value := range members {
		if other != key {
			return other, value
		}
	}
	return "", nil
}

// targetObjectMissing is the error for a reference that does not name its object. Quoted in three public reports.
func targetObjectMissing() error {
	return Issues{invalidAt("Missing target_object on record reference value")}
}

// AppendFields appends `"target_object":"people","target_record_id":"…"`. The object is the slug,
// whatever was written.
func (r RecordReference) AppendFields(b []byte, on Owner) []byte {
	b = appendMember(b, "target_object", on.ObjectSlug(r.Object))
	return appendIDMember(append(b, ','), "target_record_id", r.Record)
}

// Key is the ids of the object and the record.
func (r RecordReference) Key() string { return string(r.Object) + "/" + string(r.Record) }

// Together implements Value.
func (r RecordReference) Together() Value {
	return RecordReference{Object: r.Object, Record: clone(r.Record)}
}

// Compare orders by the record's id; Attio's order is not known.
func (r RecordReference) Compare(other Value, _ *Definition) int {
	o, ok := other.(RecordReference)
	if !ok {
		return -1
	}
	return cmp.Or(cmp.Compare(r.Record, o.Record), cmp.Compare(r.Object, o.Object))
}
