package verify

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

func (d *deriver) records(r *request) {
	if r.verb() == "delete" {
		d.reference(d.object(r.named["object"], ""), r.named["record_id"])
		return
	}
	if r.verb() == "search" {
		for _, n := range each(r.body) {
			d.reference(d.object(text(n, "object_slug"), text(n, "id", "object_id")), text(n, "id", "record_id"))
		}
		return
	}
	if d.made[r.named["object"]] {
		return
	}
	d.object(r.named["object"], "") // also if it has no records
	for _, n := range each(r.body) {
		d.thing(r, d.object(r.named["object"], text(n, "id", "object_id")), n, text(n, "id", "record_id"), at(n, "values"))
	}
}

func (d *deriver) entries(r *request) {
	if d.made[r.named["list"]] {
		return
	}
	k := d.list(r.named["list"], "")
	if r.verb() == "delete" {
		d.entry(k, r.named["entry_id"])
		return
	}
	for _, n := range each(r.body) {
		d.list(r.named["list"], text(n, "id", "list_id"))
		parent := d.object(text(n, "parent_object"), "")
		if id := text(n, "id", "entry_id"); !d.made[id] {
			put(k.node, "parent_object", value(parent.slug))
		}
		d.reference(parent, text(n, "parent_record_id"))
		d.thing(r, k, n, text(n, "id", "entry_id"), at(n, "entry_values"))
	}
}

// thing puts a record or an entry into the scenario, as it was before the request.
func (d *deriver) thing(r *request, k *kind, n *compare.Node, id string, values *compare.Node) {
	if !d.made[id] && !d.known[id] && r.verb() == "upsert" && isNew(n, values) {
		d.made[id] = true
	}
	written := ""
	if r.op.Write {
		written = newest(values)
	}
	d.schema(k, values)
	if !d.begin(r, id) {
		return
	}
	t := mapping("id", id, "created_by", "system") // unless a value says another
	if parent := text(n, "parent_record_id"); parent != "" {
		put(t, "record", value(parent))
	}
	if created := d.moment(at(n, "created_at")); created != null {
		put(t, "created_at", created)
	}
	history := mapping()
	for i, slug := range values.Keys {
		if k.listed != nil && !k.listed[slug] {
			continue
		}
		held := sequence()
		for _, v := range values.Items[i].Items {
			from := text(v, "active_from")
			if slug == "created_by" {
				put(t, "created_by", d.author(at(v, "created_by_actor")))
			}
			if written != "" && from == written {
				continue // it came with the request
			}
			h := mapping("value", d.written(k, slug, v), "by", d.author(at(v, "created_by_actor")))
			if at := d.moment(at(v, "active_from")); at != null {
				put(h, "from", at)
			}
			held.Items = append(held.Items, h)
			d.mirror(k, slug, id, v, h)
		}
		if computed := []string{"record_id", "entry_id", "created_at", "created_by", "parent_record"}; len(held.Items) > 0 && !slices.Contains(computed, slug) {
			put(history, slug, held)
		}
	}
	put(t, "history", history)
	put(k.things, id, t)
}

// mirror gives a record of which nothing else is known the other side of a relationship: the two sides have to agree.
func (d *deriver) mirror(k *kind, slug, id string, v, held *compare.Node) {
	given, target := k.given(slug), text(v, "target_record_id")
	if given == nil || given.Inverse == nil || !d.stubs[target] {
		return
	}
	other := d.object(given.Inverse.Object, "")
	history := within(within(other.things, target), "history")
	all := history.Field(given.Inverse.Attribute)
	if all == nil {
		all = sequence()
		put(history, given.Inverse.Attribute, all)
	}
	mirrored := mapping("value", mapping("record", k.slug+"/"+id))
	copyKeys(mirrored, held, "from", "by")
	all.Items = append(all.Items, mirrored)
}

// isNew reports whether an upsert has made what it answers: none of its values is newer than itself.
func isNew(n, values *compare.Node) bool {
	created := text(n, "created_at")
	return created != "" && len(newest(values)) > 18 && newest(values)[:18] <= created[:min(18, len(created))] // within ten seconds
}

// newest returns the latest time from which a value is held.
func newest(values *compare.Node) (latest string) {
	for _, held := range values.Items {
		for _, v := range held.Items {
			latest = max(latest, text(v, "active_from"))
		}
	}
	return latest
}

// schema derives the attributes from values.
func (d *deriver) schema(k *kind, values *compare.Node) {
	for i, slug := range values.Keys {
		if k.listed != nil && !k.listed[slug] {
			continue // a workspace cannot have it
		}
		a := d.attribute(k, slug)
		if a.Field("position") == nil && len(within(k.node, "attributes").Keys) <= len(values.Keys) {
			put(a, "position", number(strconv.Itoa(i+1)))
		}
		for _, v := range values.Items[i].Items {
			if kind := text(v, "attribute_type"); kind != "" && k.given(slug) == nil {
				put(a, "type", value(kind))
			}
			d.config(k, a, slug, v)
		}
		if len(values.Items[i].Items) > 1 && k.given(slug) == nil {
			put(a, "is_multiselect", value(true))
		}
	}
}

// config derives what an attribute needs to hold a value.
func (d *deriver) config(k *kind, a *compare.Node, slug string, v *compare.Node) {
	switch attribute.Type(text(v, "attribute_type")) {
	case attribute.TypeSelect:
		d.choice(k, slug, "option", at(v, "option"))
	case attribute.TypeStatus:
		d.choice(k, slug, "status", at(v, "status"))
	case attribute.TypeCurrency:
		if code := text(v, "currency_code"); code != "" && a.Field("config") == nil {
			put(a, "config", mapping("currency", mapping("default_currency_code", code)))
		}
	case attribute.TypeRecordReference:
		d.reference(d.object(text(v, "target_object"), ""), text(v, "target_record_id"))
	case attribute.TypeActorReference:
		d.author(mapping("type", at(v, "referenced_actor_type"), "id", at(v, "referenced_actor_id")))
	}
}

// written returns the form in which a value is written.
func (d *deriver) written(k *kind, slug string, v *compare.Node) *compare.Node {
	pick := func(keys ...string) *compare.Node {
		long := mapping()
		for _, key := range keys {
			put(long, key, at(v, key))
		}
		return long
	}
	switch attribute.Type(text(v, "attribute_type")) {
	case attribute.TypeSelect:
		return at(v, "option", "title")
	case attribute.TypeStatus:
		return at(v, "status", "title")
	case attribute.TypeCurrency:
		return at(v, "currency_value")
	case attribute.TypeDomain:
		return at(v, "domain")
	case attribute.TypeEmailAddress:
		return at(v, "original_email_address")
	case attribute.TypePhoneNumber:
		return pick("original_phone_number", "country_code")
	case attribute.TypeRecordReference:
		target := text(v, "target_record_id")
		if d.made[target] {
			return null
		}
		to := d.object(text(v, "target_object"), "")
		return mapping("record", to.slug+"/"+target)
	case attribute.TypeActorReference:
		return pick("referenced_actor_type", "referenced_actor_id")
	case attribute.TypeInteraction:
		d.author(at(v, "owner_actor"))
		return pick("interaction_type", "interacted_at", "owner_actor")
	case attribute.TypePersonalName:
		return pick("first_name", "last_name", "full_name")
	case attribute.TypeLocation:
		return pick("line_1", "line_2", "line_3", "line_4", "locality", "region", "postcode", "country_code", "latitude", "longitude")
	}
	return at(v, "value")
}

// reference puts a record into the scenario of which only the id is known.
func (d *deriver) reference(k *kind, id string) {
	if d.stub(id) {
		put(k.things, id, mapping("id", id, "history", mapping()))
	}
}

// entry puts an entry into the scenario of which only the id is known.
func (d *deriver) entry(k *kind, id string) {
	if d.stub(id) {
		put(k.things, id, mapping("id", id, "record", d.parentOf(text(k.node, "parent_object"), id)))
	}
}

// parentOf puts a record into the scenario that nothing but a thing of it shows, and returns its key.
func (d *deriver) parentOf(object, id string) string {
	parent := string(attio.PathID("parent of " + id))
	d.reference(d.object(object, ""), parent)
	return parent
}

// conflict derives from the refusal of a value that there is a record which has it.
func (d *deriver) conflict(r *request) {
	found := conflicting.FindStringSubmatch(text(r.body, "message"))
	sent, err := compare.Parse(r.Body)
	if err != nil || resource(r.op) != "records" || d.made[r.named["object"]] || found == nil && text(r.body, "code") != "uniqueness_conflict" {
		return
	}
	k, values := d.object(r.named["object"], ""), at(sent, "data", "values")
	var slugs []string
	id := string(attio.PathID("conflict/" + r.Name))
	if found != nil {
		slugs = append(slugs, found[1])
		id, _, _ = strings.Cut(found[2], ",")
	} else {
		for _, slug := range values.Keys {
			if given := k.given(slug); given != nil && given.Unique {
				slugs = append(slugs, slug)
			}
		}
	}
	if d.known[id] || d.made[id] {
		return
	}
	d.reference(k, id)
	for _, slug := range slugs {
		history := sequence()
		for _, v := range list(at(values, slug)) {
			history.Items = append(history.Items, mapping("value", v))
		}
		put(within(within(k.things, id), "history"), slug, history)
	}
}

func list(n *compare.Node) []*compare.Node {
	if n.Kind == compare.Array {
		return n.Items
	}
	return []*compare.Node{n}
}

var conflicting = lazy.New(`attribute with slug "([^"]+)" conflicts .* Conflicting record IDs: ([0-9a-f-]{36}.*)`)
