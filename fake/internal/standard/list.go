package standard

import "github.com/fakeattio/fakeattio/fake/internal/attribute"

// List returns the attributes with which every list starts: the one that leads from an entry to its parent record,
// which readers see only in paths, and those of the entries recorded in May 2026. The titles are assumed.
func List() []Attribute {
	parent := computed(attribute.ComputedParent, attribute.TypeRecordReference, "parent_record", "Parent record", nil)
	entryID := computed(attribute.ComputedID, attribute.TypeText, "entry_id", "Entry ID", nil).unique()
	return append([]Attribute{parent, entryID}, created()...)
}
