package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
)

// List is a list of records of one object. A record is on it by one entry or several.
type List struct {
	Target
	Name            string
	Parent          attio.ID   // the object whose records are on it
	WorkspaceAccess ListAccess // of every member; empty for none
	MemberAccess    []MemberAccess
	CreatedBy       attio.Actor
}

// ListAccess is what a member may do with a list. The zero value allows nothing.
type ListAccess string

// The levels of Attio's API.
const (
	FullAccess   ListAccess = "full-access"
	ReadAndWrite ListAccess = "read-and-write"
	ReadOnly     ListAccess = "read-only"
)

// ListAccesses lists the levels, the highest first, as Attio's validation does.
func ListAccesses() []ListAccess { return []ListAccess{FullAccess, ReadAndWrite, ReadOnly} }

// Allows reports whether a level is at least as high as another.
func (a ListAccess) Allows(least ListAccess) bool {
	levels := ListAccesses()
	i := slices.Index(levels, a)
	return i >= 0 && i <= slices.Index(levels, least)
}

// MemberAccess is what one member may do with a list beyond the access of every member. The keys of its JSON are in the
// order recorded in May 2026.
type MemberAccess struct {
	Level  ListAccess `json:"level"`
	Member attio.ID   `json:"workspace_member_id"`
}

// ListEdit is a client's change to a list; nil leaves a part as it is.
type ListEdit struct {
	Slug, Name      *string
	WorkspaceAccess *ListAccess // a pointer to "" removes it
	MemberAccess    *[]MemberAccess
}

// AccessOf returns what a member may do with the list. A token without a member has an empty id; that it has the access
// of every member is assumed.
func (l *List) AccessOf(member attio.ID) ListAccess {
	levels := []ListAccess{l.WorkspaceAccess}
	for _, grant := range l.MemberAccess {
		if grant.Member == member {
			levels = append(levels, grant.Level)
		}
	}
	for _, level := range ListAccesses() {
		if slices.Contains(levels, level) {
			return level
		}
	}
	return ""
}

// ParentAttribute returns the attribute that leads from an entry to its parent record. Clients see it only in paths.
func (l *List) ParentAttribute() *attribute.Definition {
	i := slices.IndexFunc(l.Attributes, func(d *attribute.Definition) bool { return d.Computed == attribute.ComputedParent })
	return l.Attributes[i]
}

// ParentOf returns the parent record of an entry of the list.
func (l *List) ParentOf(entry *Record) attribute.RecordReference {
	return entry.Active(l.ParentAttribute())[0].Value.(attribute.RecordReference)
}

// CreateList makes a list of records of an object, which is named by slug or id, with the attributes that Attio gives
// every list. The edit must be complete. Every error is an answer of the API.
func (tx *Tx) CreateList(parent string, edit ListEdit) (*List, error) {
	object, err := tx.Schema.ObjectNamed(parent, attio.ParentObjectNotFound)
	if err != nil {
		return nil, err
	}
	list := List{
		Target: Target{ID: tx.newID("lists/" + *edit.Slug), Slug: *edit.Slug, CreatedAt: tx.Now},
		Parent: object.ID, CreatedBy: tx.Author.Actor,
	}
	for _, a := range standard.List() {
		d := a.Definition
		if d.Computed == attribute.ComputedParent {
			d.Objects = []attio.ID{object.ID}
		}
		tx.identify(&list, &d)
		list.Attributes = append(list.Attributes, &d)
	}
	return tx.putList(list, edit)
}

// UpdateList changes a list; its parent object stays. Every error is an answer of the API.
func (tx *Tx) UpdateList(list *List, edit ListEdit) (*List, error) {
	return tx.putList(*list, edit)
}

// putList applies an edit to a list and stores it.
func (tx *Tx) putList(list List, edit ListEdit) (*List, error) {
	change(&list.Slug, edit.Slug)
	change(&list.Name, edit.Name)
	change(&list.WorkspaceAccess, edit.WorkspaceAccess)
	if edit.MemberAccess != nil {
		list.MemberAccess = slices.Clone(*edit.MemberAccess)
	}
	if err := tx.checkAccess(&list); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(tx.Schema.Lists, func(l *List) bool { return l.Slug == list.Slug && l.ID != list.ID }) {
		return nil, attio.ListConflict(list.Slug)
	}
	tx.Schema = tx.Schema.withList(&list)
	return &list, nil
}

// checkAccess checks the access to a list against Attio's rules.
func (tx *Tx) checkAccess(list *List) error {
	full := list.WorkspaceAccess == FullAccess
	for _, grant := range list.MemberAccess {
		if !tx.HasMember(grant.Member) {
			return attio.TargetMemberNotFound(grant.Member)
		}
		full = full || grant.Level == FullAccess
	}
	switch {
	case !full:
		return attio.FullAccessMissing()
	case (list.WorkspaceAccess != FullAccess || len(list.MemberAccess) > 0) && !tx.Plan.hasListPermissions():
		return attio.ListPermissionsNotOnPlan()
	}
	return nil
}

// DeleteList removes a list with its entries. The API cannot: people do it in the app.
func (tx *Tx) DeleteList(id attio.ID) error {
	list, ok := tx.Schema.List(string(id))
	if !ok {
		return attio.ListNotFound(string(id))
	}
	for _, entry := range slices.Collect(tx.Records(id)) { // the loop changes the table
		if err := tx.DeleteRecord(list, entry.ID); err != nil {
			return err
		}
	}
	tx.deleteList(list)
	return nil
}

// deleteList removes a list without entries, such as one whose object is deleted.
func (tx *Tx) deleteList(list *List) {
	tx.stores.delete(list.ID)
	tx.deleteViews(list.ID)
	tx.Schema = tx.Schema.without(list.ID)
}
