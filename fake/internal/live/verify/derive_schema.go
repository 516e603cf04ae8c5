package verify

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
)

// kind is an object or a list of the scenario.
type kind struct {
	slug   string
	list   bool
	node   *compare.Node
	made   []standard.Attribute // those that Attio gives it
	things *compare.Node        // its records or entries
	byItem map[string]string    // the slugs of attributes by their ids
	listed map[string]bool      // the slugs of all its attributes, if the recording lists them; else nil
}

// object returns an object by its slug or its id, which is put into the scenario if it is not there.
func (d *deriver) object(name, id string) *kind {
	_, unnamed := attio.ParseID(name)
	if unnamed && id == "" {
		id = name
	}
	if k := d.kindOf("objects", name, id); k != nil {
		return k
	}
	k := &kind{slug: slugFor(name), node: mapping(), made: standard.CustomObject(), things: mapping(), byItem: map[string]string{}}
	put(within(d.workspace, "objects"), k.slug, k.node)
	if i := slices.IndexFunc(standard.Objects(), func(o standard.Object) bool { return o.Slug == name }); i >= 0 {
		k.made = standard.Objects()[i].Attributes
		put(k.node, "enabled", value(true))
	} else {
		put(k.node, "singular_noun", value(titled(k.slug)))
		put(k.node, "plural_noun", value(titled(k.slug)+"s"))
		put(k.node, "shares_nouns", value(true))
		if id != "" {
			put(k.node, "id", value(id))
		}
	}
	put(k.node, "attributes", mapping())
	put(k.node, "records", k.things)
	d.stubs[k.slug] = unnamed
	d.note(k, "objects", name, id)
	return k
}

// list returns a list by its slug or its id, which is put into the scenario if it is not there.
func (d *deriver) list(name, id string) *kind {
	if _, ok := attio.ParseID(name); ok && id == "" {
		id = name
	}
	if k := d.kindOf("lists", name, id); k != nil {
		return k
	}
	k := &kind{slug: slugFor(name), list: true, node: mapping(), made: standard.List(), things: mapping(), byItem: map[string]string{}}
	put(within(d.workspace, "lists"), k.slug, k.node)
	put(k.node, "parent_object", value("companies")) // until an answer says another
	if id != "" {
		put(k.node, "id", value(id))
	}
	put(k.node, "attributes", mapping())
	put(k.node, "entries", k.things)
	d.note(k, "lists", name, id)
	return k
}

func (d *deriver) kindOf(section, name, id string) *kind {
	k := d.kinds[section+"/"+name]
	if k == nil && id != "" {
		k = d.kinds[section+"/"+id]
	}
	if k != nil {
		d.note(k, section, name, id)
		if k.list && id != "" {
			put(k.node, "id", value(id))
		}
	}
	return k
}

func (d *deriver) note(k *kind, section, name, id string) {
	for _, by := range []string{name, id} {
		if by != "" {
			d.kinds[section+"/"+by] = k
		}
	}
}

// slugFor makes a slug of an id.
func slugFor(name string) string {
	if _, ok := attio.ParseID(name); ok {
		return "k" + strings.ReplaceAll(name[:13], "-", "")
	}
	return name
}

func titled(slug string) string {
	words := strings.ReplaceAll(slug, "_", " ")
	if words == "" {
		return slug
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

func (d *deriver) objects(r *request) {
	for _, n := range each(r.body) {
		id, slug := text(n, "id", "object_id"), text(n, "api_slug")
		if slug == "" || d.made[id] {
			continue
		}
		if r.verb() == "create" {
			d.made[id] = true
			continue
		}
		k := d.object(slug, id)
		if !d.begin(r, id) {
			continue
		}
		copyKeys(k.node, n, "singular_noun", "plural_noun")
		if created := d.moment(at(n, "created_at")); created != null && k.node.Field("enabled") == nil {
			put(k.node, "created_at", created)
		}
	}
}

func (d *deriver) lists(r *request) {
	for _, n := range each(r.body) {
		id, slug := text(n, "id", "list_id"), text(n, "api_slug")
		if slug == "" || d.made[id] {
			continue
		}
		if r.verb() == "create" {
			d.made[id] = true
			continue
		}
		k := d.list(slug, id)
		if !d.begin(r, id) {
			continue
		}
		copyKeys(k.node, n, "name")
		put(k.node, "workspace_access", at(n, "workspace_access"))
		if parents := at(n, "parent_object"); len(parents.Items) > 0 {
			put(k.node, "parent_object", value(d.object(parents.Items[0].Text, "").slug))
		}
		access := sequence()
		for _, a := range at(n, "workspace_member_access").Items {
			access.Items = append(access.Items, mapping("member", d.member(text(a, "workspace_member_id")), "level", at(a, "level")))
		}
		put(k.node, "member_access", access)
		if len(access.Items) > 0 && at(n, "workspace_access").Kind == compare.Null && d.token.Field("authorized_by") == nil {
			put(d.token, "authorized_by", at(access.Items[0], "member")) // else the token would not see the list
		}
		if created := d.moment(at(n, "created_at")); created != null {
			put(k.node, "created_at", created)
		}
		put(k.node, "created_by", d.author(at(n, "created_by_actor")))
	}
}

// target returns the object or the list whose attributes a request is about; nil for an activity, or for what the recording made.
func (d *deriver) target(r *request) *kind {
	name := r.named["identifier"]
	switch {
	case d.made[name]:
		return nil
	case r.named["target"] == "objects":
		return d.object(name, "")
	case r.named["target"] == "lists":
		return d.list(name, "")
	}
	return nil
}

func (d *deriver) attributes(r *request) {
	k := d.target(r)
	if k == nil {
		return
	}
	for i, n := range each(r.body) {
		slug, id := text(n, "api_slug"), text(n, "id", "attribute_id")
		if slug == "" || !d.begin(r, id) {
			continue
		}
		k.byItem[id] = slug
		a := d.attribute(k, slug)
		if r.verb() == "list" {
			put(a, "position", number(strconv.Itoa(i+1)))
		}
		if k.given(slug) != nil {
			continue
		}
		copyKeys(a, n, "type", "title", "description", "is_required", "is_unique", "is_multiselect", "is_archived")
		put(a, "id", value(id))
		if created := d.moment(at(n, "created_at")); created != null {
			put(a, "created_at", created)
		}
		switch text(n, "type") {
		case "currency":
			put(a, "config", mapping("currency", at(n, "config", "currency")))
		case "record-reference":
			d.allow(a, n)
		}
	}
}

// allow says what a record reference may refer to, and which other side it has.
func (d *deriver) allow(a, n *compare.Node) {
	allowed := sequence()
	for _, id := range at(n, "config", "record_reference", "allowed_object_ids").Items {
		allowed.Items = append(allowed.Items, value(d.object(id.Text, "").slug))
	}
	if len(allowed.Items) > 0 {
		put(a, "config", mapping("record_reference", mapping("allowed_objects", allowed)))
	}
	if other := at(n, "relationship"); other.Kind == compare.Object && !d.known[text(other, "id", "attribute_id")] {
		related := mapping("object", d.object(text(other, "id", "object_id"), "").slug)
		copyKeys(related, other, "api_slug", "title", "is_multiselect")
		put(a, "relationship", related)
		d.known[text(other, "id", "attribute_id")] = true
		remove(a, "config")
	}
}

// given returns an attribute that Attio gives such an object or list, or nil.
func (k *kind) given(slug string) *standard.Attribute {
	if i := slices.IndexFunc(k.made, func(a standard.Attribute) bool { return a.Slug == slug }); i >= 0 {
		return &k.made[i]
	}
	return nil
}

// listAttributes notes which attributes there are, before anything else is derived from the recording.
func (d *deriver) listAttributes(r *request) {
	k := d.target(r)
	if k == nil {
		return
	}
	k.listed = make(map[string]bool)
	for _, n := range each(r.body) {
		k.listed[text(n, "api_slug")] = true
	}
}

// attribute returns an attribute of the scenario. Before anything says another, it is a text.
func (d *deriver) attribute(k *kind, slug string) *compare.Node {
	a := within(within(k.node, "attributes"), slug)
	if a.Field("type") == nil && k.given(slug) == nil {
		put(a, "type", value("text"))
	}
	if given := k.given(slug); given != nil && given.Needs() != "" {
		d.object(given.Needs(), "") // Attio shows it only then
	}
	return a
}

// options derives options and statuses.
func (d *deriver) options(r *request) {
	k := d.target(r)
	if k == nil {
		return
	}
	slug := r.named["attribute"]
	if of, ok := k.byItem[slug]; ok {
		slug = of
	}
	if _, isID := attio.ParseID(slug); isID {
		return // which attribute it is nothing says
	}
	for _, n := range each(r.body) {
		kindOf := "option"
		if resource(r.op) == "statuses" {
			kindOf = "status"
		}
		if r.verb() == "create" {
			d.made[text(n, "id", kindOf+"_id")] = true
			continue
		}
		d.choice(k, slug, kindOf, n)
	}
}

// choice puts an option or a status into the scenario.
func (d *deriver) choice(k *kind, slug, kindOf string, n *compare.Node) {
	id := text(n, "id", kindOf+"_id")
	if d.made[id] || d.known[id] || id == "" {
		return
	}
	d.known[id] = true
	a := d.attribute(k, slug)
	section, typed := "options", "select"
	if kindOf == "status" {
		section, typed = "statuses", "status"
	}
	if k.given(slug) == nil {
		put(a, "type", value(typed))
	}
	c := mapping("id", id)
	copyKeys(c, n, "title", "is_archived", "celebration_enabled", "target_time_in_status")
	all := a.Field(section)
	if all == nil {
		all = sequence()
		put(a, section, all)
	}
	all.Items = append(all.Items, c)
}
