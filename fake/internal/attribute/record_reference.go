package attribute

import (
	"cmp"
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

// parseRecordReference reads a record by its id or by a value that only it has. The guide of October
// 2026 has a third form, target_record_reference, which can create the record; it is not read, and
// taken for the name of an attribute.
func (r reader) parseRecordReference(written any) (Value, error) {
	if s, ok := written.(string); ok {
		if object, key, ok := r.onlyStandardObject(); ok {
			return r.matchRecord(object, r.ws.StandardObject(object), key, s)
		}
	}
	members, _ := written.(map[string]any)
	target, ok := members["target_object"].(string)
	if !ok || len(members) != 2 {
		return nil, failedUnion()
	}
	key, by := memberBeside(members, "target_object")
	var record attio.ID
	if key == "target_record_id" {
		id, _ := by.(string)
		if record, ok = attio.ParseID(id); !ok {
			return nil, failedUnion()
		}
	}
	object, ok := r.ws.FindObject(target)
	if !ok {
		return nil, attio.TargetObjectNotFound(target)
	}
	if allowed := r.definition.Objects; len(allowed) > 0 && !slices.Contains(allowed, object) {
		// Attio's words for an object that the attribute does not allow are not known.
		return nil, Issues{invalidMember("target_object", fmt.Sprintf("Attribute does not allow references to object with slug/ID \"%s\"", target))}
	}
	if record == "" {
		return r.matchRecord(object, target, key, by)
	}
	if !r.ws.HasRecord(object, record) {
		return nil, attio.TargetRecordNotFound(record)
	}
	return RecordReference{object, record}, nil
}

// onlyStandardObject returns the object that the attribute allows, when that is one standard object
// whose records a plain string can name, and by which attribute.
func (r reader) onlyStandardObject() (object attio.ID, key string, ok bool) {
	if len(r.definition.Objects) != 1 {
		return "", "", false
	}
	object = r.definition.Objects[0]
	key, ok = naturalKeys[r.ws.StandardObject(object)]
	return object, key, ok
}

// matchRecord finds the one record that has a value for an attribute. The value may stand in an array.
func (r reader) matchRecord(object attio.ID, target, key string, by any) (Value, error) {
	if list, ok := by.([]any); ok {
		if len(list) != 1 {
			return nil, failedUnion()
		}
		by = list[0]
	}
	records, err := r.ws.FindRecords(object, key, by)
	if err != nil {
		return nil, err
	}
	switch len(records) {
	case 0:
		return nil, attio.TargetRecordNotMatched(target, key)
	case 1:
		return RecordReference{object, records[0]}, nil
	}
	return nil, attio.TargetRecordAmbiguous(target, key)
}

// memberBeside returns the other of two members.
func memberBeside(members map[string]any, key string) (string, any) {
	for other, value := range members {
		if other != key {
			return other, value
		}
	}
	return "", nil
}

// AppendFields appends `"target_object":"people","target_record_id":"…"`. The object is the slug,
// whatever was written.
func (r RecordReference) AppendFields(b []byte, on Owner) []byte {
	b = appendMember(b, "target_object", on.ObjectSlug(r.Object))
	return appendIDMember(append(b, ','), "target_record_id", r.Record)
}

// Key is the ids of the object and the record.
func (r RecordReference) Key() string { return string(r.Object) + "/" + string(r.Record) }

// Compare orders by the record's id; Attio's order is not known.
func (r RecordReference) Compare(other Value, _ *Definition) int {
	o, ok := other.(RecordReference)
	if !ok {
		return -1
	}
	return cmp.Or(cmp.Compare(r.Record, o.Record), cmp.Compare(r.Object, o.Object))
}
