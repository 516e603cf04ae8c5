package pull

import "slices"

// pairReferences finds out which records a relationship connects. Its two sides must agree in a scenario, but a workspace may change between
// the requests for the one and the other: the side that leads is believed.
func (o *outline) pairReferences() {
	o.partners = make(map[string]map[string][]string)
	for _, k := range o.objects {
		for _, a := range k.attributes {
			if other := o.otherSide(a); other != nil && leads(a, other) {
				o.pair(k, a, other)
			}
		}
	}
}

// leads reports whether one side of a relationship says everything: the one that holds a single value, if the other holds several.
func leads(a, other *attributeOf) bool {
	if a.Multiselect != other.Multiselect {
		return other.Multiselect
	}
	return a.ID.Attribute < other.ID.Attribute
}

func (o *outline) pair(k *kind, a, other *attributeOf) {
	here, there := make(map[string][]string), make(map[string][]string)
	for _, r := range k.records {
		for _, v := range r.values()[a.Slug] {
			target := v.TargetRecord
			if _, pulled := o.records[target]; !pulled || v.Until != nil || !other.Multiselect && len(there[target]) > 0 {
				continue
			}
			here[r.id()] = append(here[r.id()], target)
			there[target] = append(there[target], r.id())
		}
	}
	o.partners[a.ID.Attribute], o.partners[other.ID.Attribute] = here, there
}

// otherSide returns the other side of a relationship, or nil.
func (o *outline) otherSide(a *attributeOf) *attributeOf {
	if a.Relationship == nil {
		return nil
	}
	object := o.object(a.Relationship.ID.Object)
	if object == nil {
		return nil
	}
	return object.attribute(a.Relationship.ID.Attribute)
}

// agreed returns the references of a record, without those that only one side of a relationship has, and with those that only the other has.
func (o *outline) agreed(k *kind, r *record, a *attributeOf, values []*value) []*value {
	if o.otherSide(a) == nil {
		return values
	}
	partners := o.partners[a.ID.Attribute][r.id()]
	var kept []*value
	for _, v := range values {
		_, pulled := o.records[v.TargetRecord]
		switch {
		case v.Until != nil, !pulled, slices.Contains(partners, v.TargetRecord):
			kept = append(kept, v)
		default:
			o.leave("references that only one side of a relationship has: %s.%s", k.Slug, a.Slug)
		}
	}
	for _, id := range partners {
		if !slices.ContainsFunc(kept, func(v *value) bool { return v.TargetRecord == id && v.Until == nil }) {
			kept = append(kept, &value{From: max(r.CreatedAt, o.created[id]), By: r.createdBy(), TargetObject: o.objectOf[id].Slug, TargetRecord: id})
		}
	}
	return kept
}
