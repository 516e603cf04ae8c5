package pull

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/pseudonym"
)

// visitor is called with each string that may identify somebody. It may change it.
type visitor func(kind pseudonym.Kind, s *string)

// visit goes through the strings of a workspace. The words of its schema are only visited if that is asked for: titles, nouns, names of
// lists, options and statuses are what programs are written against.
func (w *workspace) visit(v visitor, schema bool) {
	v(pseudonym.Name, &w.Name)
	v(pseudonym.Slug, &w.Slug)
	v.optional(pseudonym.URL, w.Logo)
	for _, m := range w.members {
		v(pseudonym.First, &m.FirstName)
		v(pseudonym.Last, &m.LastName)
		v(pseudonym.Email, &m.Email)
		v.optional(pseudonym.URL, m.Avatar)
	}
	for _, k := range w.kinds() {
		for _, a := range k.attributes {
			v.optional(pseudonym.Text, a.Description)
			for _, held := range a.defaults {
				v.value(k, a, held)
			}
		}
		for _, r := range k.records {
			for _, a := range k.attributes {
				if a.isComputed() {
					continue
				}
				for _, held := range r.values()[a.Slug] {
					v.value(k, a, held)
				}
			}
		}
		for _, saved := range k.views {
			v(pseudonym.Text, &saved.Title)
			if saved.Filter != nil {
				v.operands(w, k, saved.Filter)
			}
		}
	}
	for _, n := range w.notes {
		v(pseudonym.Text, &n.Title)
		v(pseudonym.Text, &n.Markdown)
	}
	for _, t := range w.tasks {
		v(pseudonym.Text, &t.Content)
	}
	for _, t := range w.threads {
		for _, c := range t.Comments {
			v(pseudonym.Text, &c.Content)
		}
	}
	for _, hook := range w.webhooks {
		v(pseudonym.URL, &hook.URL)
	}
	if schema {
		w.visitSchema(v)
	}
}

// visitSchema goes through the words of the schema that are the workspace's own, not Attio's.
func (w *workspace) visitSchema(v visitor) {
	slugs := make(map[string]string) // the new ones of objects, by the old
	for _, k := range w.kinds() {
		if k.standard == "" {
			before := k.Slug
			v(pseudonym.Slug, &k.Slug)
			slugs[before] = k.Slug
		}
		if !k.isList() && !isStandardNoun(k) {
			v(pseudonym.Text, &k.Singular)
			v(pseudonym.Text, &k.Plural)
		}
		if k.isList() {
			v(pseudonym.Text, &k.Name)
		}
		for _, a := range k.attributes {
			before := a.Slug
			if !a.System {
				v(pseudonym.Slug, &a.Slug)
				v(pseudonym.Text, &a.Title)
			}
			if a.Relationship != nil && w.object(a.Relationship.ID.Object) != nil && w.object(a.Relationship.ID.Object).attribute(a.Relationship.ID.Attribute) == nil {
				v(pseudonym.Slug, &a.Relationship.Slug) // the other side is not shown
				v(pseudonym.Text, &a.Relationship.Title)
			}
			for _, r := range k.records {
				if values, ok := r.values()[before]; ok && before != a.Slug {
					delete(r.values(), before)
					r.values()[a.Slug] = values
				}
			}
			for _, c := range a.choices {
				if !k.isAttios(a, c.Title) {
					v(pseudonym.Text, &c.Title)
				}
			}
		}
	}
	for _, k := range w.kinds() {
		for i, parent := range k.Parent {
			if slug, ok := slugs[parent]; ok {
				k.Parent[i] = slug
			}
		}
	}
}

// isAttios reports whether a choice is one of those that Attio gives an attribute.
func (k *kind) isAttios(a *attributeOf, title string) bool {
	for _, made := range k.made() {
		if made.Slug != a.Slug || !a.System {
			continue
		}
		for _, o := range made.Options {
			if o.Title == title {
				return true
			}
		}
		for _, s := range made.Statuses {
			if s.Title == title {
				return true
			}
		}
	}
	return false
}

func (v visitor) optional(kind pseudonym.Kind, s *string) {
	if s != nil {
		v(kind, s)
	}
}

func (v visitor) value(k *kind, a *attributeOf, held *value) {
	switch held.Type {
	case "text":
		if text, ok := held.Value.(string); ok {
			v(textKind(k, a, text), &text)
			held.Value = text
		}
	case "personal-name":
		whole := held.Full == strings.TrimSpace(held.First+" "+held.Last)
		v(pseudonym.First, &held.First)
		v(pseudonym.Last, &held.Last)
		if whole {
			held.Full = strings.TrimSpace(held.First + " " + held.Last)
		} else {
			v(pseudonym.Name, &held.Full)
		}
	case "domain":
		v(pseudonym.Domain, &held.Domain)
	case "email-address":
		v(pseudonym.Email, &held.Email)
	case "phone-number":
		v.phone(held)
	case "location":
		for _, line := range []*string{held.Line1, held.Line2, held.Line3, held.Line4, held.Locality, held.Region} {
			v.optional(pseudonym.Name, line)
		}
		v.optional(pseudonym.Text, held.Postcode)
	}
}

// phone visits a number, which is written as people wrote it and in E.164.
func (v visitor) phone(held *value) {
	written, before := held.Phone, held.Number
	v(pseudonym.Phone, &held.Number)
	if held.Number == before { // nothing but a look at it
		v(pseudonym.Phone, &held.Phone)
		return
	}
	held.Phone = pseudonym.PhoneAs(written, held.Number)
}

// Texts of these forms keep them.
var (
	emailForm = lazy.New(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
	urlForm   = lazy.New(`^https?://[^\s/]+\.\S+$`)
)

func textKind(k *kind, a *attributeOf, text string) pseudonym.Kind {
	switch {
	case a.System && a.Slug == "name" && (k.standard == "companies" || k.standard == "workspaces"):
		return pseudonym.Name
	case emailForm.MatchString(text):
		return pseudonym.Email
	case urlForm.MatchString(text):
		return pseudonym.URL
	case pseudonym.IsUUID(text):
		return pseudonym.ID
	}
	return pseudonym.Text
}

// operands visits what a view's filter compares names, addresses and texts with.
func (v visitor) operands(w *workspace, k *kind, condition map[string]any) {
	for _, key := range []string{"and", "or"} {
		parts, _ := condition[key].([]any)
		for _, part := range parts {
			if part, ok := part.(map[string]any); ok {
				v.operands(w, k, part)
			}
		}
	}
	a := w.endOf(k, condition["attribute"])
	if a == nil {
		return
	}
	kinds := map[string]pseudonym.Kind{
		"text": pseudonym.Text, "personal-name": pseudonym.Name, "domain": pseudonym.Domain, "email-address": pseudonym.Email,
		"phone-number": pseudonym.Phone, "location": pseudonym.Name,
	}
	kind, ok := kinds[a.Type]
	if !ok || condition["field"] == "country_code" {
		return
	}
	switch operand := condition["value"].(type) {
	case string:
		v(kind, &operand)
		condition["value"] = operand
	case []any:
		for i := range operand {
			if text, ok := operand[i].(string); ok {
				v(kind, &text)
				operand[i] = text
			}
		}
	}
}

// endOf returns the attribute to which a view's path leads.
func (w *workspace) endOf(k *kind, path any) *attributeOf {
	steps, isPath := path.([]any)
	if !isPath {
		id, _ := path.(string)
		return k.attribute(id)
	}
	if len(steps) == 0 {
		return nil
	}
	last, isStep := steps[len(steps)-1].(map[string]any)
	if !isStep {
		return w.endOf(k, steps[len(steps)-1])
	}
	object, _ := last["object"].(string)
	id, _ := last["attribute"].(string)
	if o := w.object(object); o != nil {
		return o.attribute(id)
	}
	return nil
}

// disguise changes what numbers and days say without changing what can be done with them. Amounts of money are multiplied by one
// secret factor for each attribute, so that their order and proportions stay. Dates and timestamps that people entered move by the same
// number of days for each attribute. Numbers of a unique attribute get other digits. Coordinates keep their degrees.
func (w *workspace) disguise(p *pseudonym.Pseudonyms) {
	for _, k := range w.kinds() {
		for _, a := range k.attributes {
			if a.isComputed() || !a.Writable {
				continue
			}
			factor := float64(p.Between(700, 1400, "factor "+a.ID.Attribute)) / 1000
			days := p.Between(1, 45, "days "+a.ID.Attribute)
			if p.Between(0, 1, "sign "+a.ID.Attribute) == 0 {
				days = -days
			}
			for _, r := range k.records {
				for _, held := range r.values()[a.Slug] {
					held.disguise(p, a, factor, days)
				}
			}
		}
	}
}

func (v *value) disguise(p *pseudonym.Pseudonyms, a *attributeOf, factor float64, days int) {
	switch v.Type {
	case "currency":
		v.Amount = scaled(v.Amount, factor)
	case "number":
		if number, ok := v.Value.(json.Number); ok && a.Unique {
			v.Value = json.Number(p.Of(pseudonym.Number, number.String()))
		}
	case "date":
		v.Value = moved(v.Value, time.DateOnly, days)
	case "timestamp":
		v.Value = moved(v.Value, time.RFC3339Nano, days)
	case "location":
		for _, c := range []struct {
			degrees *string
			most    int
		}{{v.Latitude, 90}, {v.Longitude, 180}} {
			if c.degrees != nil {
				*c.degrees = elsewhere(p, *c.degrees, c.most)
			}
		}
	}
}

// scaled multiplies an amount and rounds it to as many decimals as it had.
func scaled(amount json.Number, factor float64) json.Number {
	f, err := amount.Float64()
	if err != nil || f == 0 {
		return amount
	}
	_, decimals, _ := strings.Cut(amount.String(), ".")
	places := min(len(decimals), 4) // as many as Attio keeps
	made := f * factor
	if least := math.Pow10(-places); math.Abs(made) < least {
		made = math.Copysign(least, made)
	}
	return json.Number(strconv.FormatFloat(made, 'f', places, 64))
}

func moved(written any, layout string, days int) any {
	text, _ := written.(string)
	t, err := time.Parse(layout, text)
	if err != nil {
		return written
	}
	return t.AddDate(0, 0, days).Format(layout)
}

// elsewhere replaces the decimals of a coordinate.
func elsewhere(p *pseudonym.Pseudonyms, degrees string, most int) string {
	whole, decimals, ok := strings.Cut(degrees, ".")
	if n, err := strconv.Atoi(whole); !ok || err != nil || n <= -most || n >= most {
		return degrees
	}
	low := int(math.Pow10(len(decimals) - 1))
	if len(decimals) > 9 {
		return degrees
	}
	made := whole + "." + strconv.Itoa(p.Between(low, 10*low-1, "place "+degrees))
	if made == degrees {
		return whole + "." + decimals[1:] + "5"
	}
	return made
}
