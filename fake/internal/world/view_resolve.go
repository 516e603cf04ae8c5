package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Condition is a view's filter: a group of conditions, or a condition on one attribute. Views have a grammar of their
// own, beside that of queries. Attio documents {"attribute", "op": "contains", "value"}; that the other operators are
// those of queries without their $, and the groups, are assumed.
type Condition struct {
	And []*Condition `json:"and,omitempty"`
	Or  []*Condition `json:"or,omitempty"`

	Attribute Path   `json:"attribute,omitempty"`
	Field     string `json:"field,omitempty"`
	Op        string `json:"op,omitempty"`
	Value     any    `json:"value,omitempty"` // as encoding/json decodes with UseNumber; nil for some operators
}

// resolveView returns an edit with ids for everything that it names, as a view is read back. It leaves what is gone as
// it is written.
func (s *Schema) resolveView(target *Target, edit ViewEdit, gone map[attio.ID]bool) (ViewEdit, error) {
	r := resolver{schema: s, target: target, gone: gone}
	if edit.Filter != nil && *edit.Filter != nil {
		filter := r.condition(*edit.Filter)
		edit.Filter = &filter
	}
	if edit.Sorts != nil {
		sorts := slices.Clone(*edit.Sorts)
		for i := range sorts {
			sorts[i].Attribute, _ = r.path(sorts[i].Attribute)
		}
		edit.Sorts = &sorts
	}
	if edit.Attributes != nil {
		columns := slices.Clone(*edit.Attributes)
		for i := range columns {
			columns[i].Attribute, _ = r.path(columns[i].Attribute)
		}
		edit.Attributes = &columns
	}
	if edit.Kanban != nil && *edit.Kanban != nil {
		kanban := r.kanban(*edit.Kanban)
		edit.Kanban = &kanban
	}
	return edit, r.err
}

// resolver keeps the first error: Attio answers with one of several.
type resolver struct {
	schema *Schema
	target *Target
	gone   map[attio.ID]bool // what a view may name although it no longer exists or cannot be reached
	err    error
}

func (r *resolver) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// path returns no attribute after an error.
func (r *resolver) path(written Path) (Path, *attribute.Definition) {
	if r.err != nil {
		return nil, nil
	}
	resolved, d, err := r.schema.resolvePath(r.target, written, r.gone)
	r.err = err
	return resolved, d
}

func (r *resolver) kanban(written *Kanban) *Kanban {
	kanban := *written
	var d *attribute.Definition
	if kanban.StatusAttribute, d = r.path(written.StatusAttribute); d != nil && d.Type != attribute.TypeStatus {
		r.fail(attio.NotAStatusAttribute())
	}
	if written.Aggregation != nil {
		aggregation := *written.Aggregation
		aggregation.Attribute, _ = r.path(aggregation.Attribute)
		kanban.Aggregation = &aggregation
	}
	return &kanban
}

func (r *resolver) condition(written *Condition) *Condition {
	condition := *written
	condition.And = r.conditions(written.And)
	condition.Or = r.conditions(written.Or)
	if len(written.Attribute) > 0 {
		var d *attribute.Definition
		condition.Attribute, d = r.path(written.Attribute)
		if d != nil && written.Field == "" && (written.Op == "eq" || written.Op == "in") {
			condition.Value = r.value(d, written.Value)
		}
	}
	return &condition
}

func (r *resolver) conditions(written []*Condition) []*Condition {
	if written == nil {
		return nil
	}
	conditions := make([]*Condition, len(written))
	for i, c := range written {
		conditions[i] = r.condition(c)
	}
	return conditions
}

// value replaces the titles of select options or statuses in a value with ids.
func (r *resolver) value(d *attribute.Definition, written any) any {
	switch written := written.(type) {
	case string:
		return r.choice(d, written)
	case []any:
		values := slices.Clone(written)
		for i := range values {
			values[i] = r.value(d, values[i])
		}
		return values
	}
	return written
}

func (r *resolver) choice(d *attribute.Definition, titleOrID string) string {
	switch d.Type {
	case attribute.TypeSelect:
		i := slices.IndexFunc(d.Options, func(o attribute.Option) bool { return o.Title == titleOrID || string(o.ID) == titleOrID })
		if i >= 0 {
			return string(d.Options[i].ID)
		}
		r.fail(attio.OptionNotFound(titleOrID))
	case attribute.TypeStatus:
		i := slices.IndexFunc(d.Statuses, func(s attribute.Status) bool { return s.Title == titleOrID || string(s.ID) == titleOrID })
		if i >= 0 {
			return string(d.Statuses[i].ID)
		}
		r.fail(attio.StatusNotFound(titleOrID))
	}
	return titleOrID
}
