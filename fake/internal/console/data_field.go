package console

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// field is an attribute in the form of a record.
type field struct {
	Slug, Title, Type string
	Control           string // text, area, select, checks, parts or json
	Help              string
	Required          bool
	Inputs            []string // of text, area and json
	Options           []option // of select and checks
	Parts             []part
	Was               string // what the form was filled with, by which one knows what was changed
	Mistake           string // what Attio says
}

// Name is the name of the field's inputs.
func (f field) Name() string { return fieldName(f.Slug) }

// WasName is the name of the input that keeps what the form was filled with.
func (f field) WasName() string { return "was." + f.Slug }

func fieldName(slug string) string { return "value." + slug }

// option is a choice of a field.
type option struct {
	Value, Title string
	Chosen       bool
}

// part is a part of a value that has several.
type part struct{ Name, Title, Value string }

// The parts of the types that have several, by their keys in Attio's API.
var (
	nameParts     = []string{"first_name", "last_name", "full_name"}
	locationParts = []string{"line_1", "line_2", "line_3", "line_4", "locality", "region", "postcode", "country_code", "latitude", "longitude"}
)

// controlOf returns how an attribute is filled in.
func controlOf(d *attribute.Definition) string {
	switch d.Type {
	case attribute.TypeText:
		return "area"
	case attribute.TypeCheckbox, attribute.TypeRating, attribute.TypeStatus:
		return "select"
	case attribute.TypeSelect, attribute.TypeActorReference:
		if d.Multiselect {
			return "checks"
		}
		return "select"
	case attribute.TypePersonalName:
		return "parts"
	case attribute.TypeLocation:
		if !d.Multiselect {
			return "parts"
		}
		return "json"
	case attribute.TypeInteraction:
		return "json"
	}
	return "text"
}

// helps says what to write into a field of a type.
var helps = lazy.Of[map[attribute.Type]string]{Make: func() map[attribute.Type]string {
	return map[attribute.Type]string{
		attribute.TypeDate:            "2026-01-31",
		attribute.TypeTimestamp:       "2026-01-31T12:00:00Z",
		attribute.TypeRecordReference: "object/record id, such as people/…",
		attribute.TypeDomain:          "example.com",
		attribute.TypeEmailAddress:    "ada@example.com",
		attribute.TypePhoneNumber:     "+12125550117",
		attribute.TypeInteraction:     "JSON, as Attio's API takes it",
	}
}}

// writable lists the attributes that a form has.
func (l *lens) writable(k collection) []*attribute.Definition {
	return kept(l.attributes(k), func(d *attribute.Definition) bool { return d.Writable && d.Computed == "" })
}

// field makes the field of an attribute with inputs: what it holds, or what was sent.
func (l *lens) field(d *attribute.Definition, inputs []string, was string) field {
	f := field{Slug: d.Slug, Title: d.Title, Type: string(d.Type), Control: controlOf(d), Help: helps.Get()[d.Type], Required: d.Required, Inputs: inputs, Was: was}
	switch f.Control {
	case "select", "checks":
		f.Options = l.options(d, inputs, f.Control == "select")
	case "parts":
		for i, key := range partsOf(d.Type) {
			f.Parts = append(f.Parts, part{Name: key, Title: strings.ReplaceAll(key, "_", " "), Value: at(inputs, i)})
		}
	case "text":
		blanks := 1
		if d.Multiselect {
			blanks = len(inputs) + 2
		}
		for len(f.Inputs) < blanks {
			f.Inputs = append(f.Inputs, "")
		}
	default:
		if len(f.Inputs) == 0 {
			f.Inputs = []string{""}
		}
	}
	return f
}

func partsOf(t attribute.Type) []string {
	if t == attribute.TypePersonalName {
		return nameParts
	}
	return locationParts
}

func at(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}

// options lists the choices of an attribute. A value that is not among them, such as an archived status, is one while a
// record has it.
func (l *lens) options(d *attribute.Definition, chosen []string, single bool) []option {
	var all []option
	add := func(value, title string) { all = append(all, option{value, title, slices.Contains(chosen, value)}) }
	if single {
		all = append(all, option{"", "no value", len(chosen) == 0})
	}
	switch d.Type {
	case attribute.TypeCheckbox:
		add("true", "Yes")
		add("false", "No")
	case attribute.TypeRating:
		for stars := range 6 {
			add(strconv.Itoa(stars), strings.Repeat("★", stars)+strings.Repeat("☆", 5-stars))
		}
	case attribute.TypeStatus:
		for _, s := range d.Statuses {
			if !s.Archived {
				add(s.Title, s.Title)
			}
		}
	case attribute.TypeSelect:
		for _, o := range d.Options {
			if !o.Archived {
				add(o.Title, o.Title)
			}
		}
	case attribute.TypeActorReference:
		for _, member := range l.members() {
			add(member.User.Email, nameOf(member))
		}
	}
	for _, value := range chosen {
		if !slices.ContainsFunc(all, func(o option) bool { return o.Value == value }) {
			add(value, value)
		}
	}
	return all
}

// inputsOf returns what the field of an attribute is filled with.
func (l *lens) inputsOf(d *attribute.Definition, all []value) []string {
	if controlOf(d) == "parts" {
		if len(all) == 0 {
			return nil
		}
		return all[0].parts(d.Type)
	}
	if controlOf(d) == "json" {
		return l.jsonInputs(d, all)
	}
	var inputs []string
	for _, v := range all {
		inputs = append(inputs, l.input(d.Type, v))
	}
	return inputs
}

// input writes a value as one types it.
func (l *lens) input(t attribute.Type, v value) string {
	switch t {
	case attribute.TypeCurrency:
		return v.CurrencyValue.String()
	case attribute.TypeStatus:
		return v.Status.Title
	case attribute.TypeSelect:
		return v.Option.Title
	case attribute.TypeRecordReference:
		return v.TargetObject + "/" + string(v.TargetRecord)
	case attribute.TypeActorReference:
		if member, ok := l.state.Member(v.ReferencedID); ok {
			return member.User.Email
		}
		return l.actorName(attio.ActorType(v.ReferencedType), v.ReferencedID)
	case attribute.TypeDomain:
		return v.Domain
	case attribute.TypeEmailAddress:
		return v.OriginalEmail
	case attribute.TypePhoneNumber:
		return v.PhoneNumber
	}
	return v.plain()
}

// parts returns the parts of a name or a location in their order.
func (v value) parts(t attribute.Type) []string {
	if t == attribute.TypePersonalName {
		return []string{v.FirstName, v.LastName, v.FullName}
	}
	var all []string
	for _, p := range []*string{v.Line1, v.Line2, v.Line3, v.Line4, v.Locality, v.Region, v.Postcode, v.CountryCode, v.Latitude, v.Longitude} {
		all = append(all, deref(p))
	}
	return all
}

// jsonInputs writes values as Attio's API takes them.
func (l *lens) jsonInputs(d *attribute.Definition, all []value) []string {
	if len(all) == 0 {
		return nil
	}
	var written []any
	for _, v := range all {
		if d.Type == attribute.TypeLocation {
			written = append(written, joined(d.Type, v.parts(d.Type)))
			continue
		}
		written = append(written, map[string]any{"interaction_type": v.InteractionType, "interacted_at": v.InteractedAt, "owner_actor": v.OwnerActor})
	}
	return []string{compact(written)}
}

// sentInputs returns what a form has for an attribute, without the inputs that were left blank.
func sentInputs(form url.Values, d *attribute.Definition) []string {
	if controlOf(d) == "parts" {
		var inputs []string
		for _, key := range partsOf(d.Type) {
			inputs = append(inputs, form.Get(fieldName(d.Slug)+"."+key))
		}
		if strings.Join(inputs, "") == "" {
			return nil
		}
		return inputs
	}
	var inputs []string
	for _, input := range form[fieldName(d.Slug)] {
		if input != "" {
			inputs = append(inputs, strings.ReplaceAll(input, "\r\n", "\n")) // as browsers send the ends of lines
		}
	}
	return inputs
}

// wasOf is the text by which a form remembers inputs.
func wasOf(inputs []string) string {
	if len(inputs) == 0 {
		return ""
	}
	return compact(inputs)
}

// written turns inputs into what Attio's API takes for an attribute. What is not of the right kind is sent as a text, for
// Attio to refuse.
func written(d *attribute.Definition, inputs []string) (any, error) {
	switch controlOf(d) {
	case "parts":
		if inputs == nil {
			return []any{}, nil
		}
		return joined(d.Type, inputs), nil
	case "json":
		if inputs == nil {
			return []any{}, nil
		}
		var read any
		decoder := json.NewDecoder(strings.NewReader(inputs[0]))
		decoder.UseNumber()
		if err := decoder.Decode(&read); err != nil || decoder.More() {
			return nil, &errNotJSON{`This is not JSON. Write it as Attio's API takes it, such as ["a", "b"].`}
		}
		return read, nil
	}
	all := []any{}
	for _, input := range inputs {
		all = append(all, typed(d.Type, input))
	}
	if !d.Multiselect && len(all) == 1 {
		return all[0], nil
	}
	return all, nil
}

// joined returns the parts of a value under their keys. A part of a location that is blank is null.
func joined(t attribute.Type, inputs []string) map[string]any {
	whole := make(map[string]any)
	for i, key := range partsOf(t) {
		whole[key] = at(inputs, i)
		if whole[key] == "" && t == attribute.TypeLocation {
			whole[key] = nil
		}
	}
	return whole
}

// aNumber is JSON's grammar of numbers.
var aNumber = lazy.New(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// typed turns one input into a value.
func typed(t attribute.Type, input string) any {
	switch t {
	case attribute.TypeNumber, attribute.TypeCurrency, attribute.TypeRating:
		if aNumber.MatchString(input) {
			return json.Number(input)
		}
	case attribute.TypeCheckbox:
		if input == "true" || input == "false" {
			return input == "true"
		}
	case attribute.TypeRecordReference:
		if object, id, ok := strings.Cut(input, "/"); ok {
			return map[string]any{"target_object": object, "target_record_id": id}
		}
	}
	return input
}

// named finds the attribute that a sentence of Attio's names.
var named = lazy.New(`(?:slug|slug/ID|ID) "([^"]*)"`)

// place returns the attribute at whose field a refusal belongs: the one that it names, or else the only one that was sent.
func place(refused *attio.Error, all []*attribute.Definition, sent []string) (slug string, ok bool) {
	for _, found := range named.Get().FindAllStringSubmatch(refused.Message, -1) {
		for _, d := range all {
			if found[1] == d.Slug || found[1] == string(d.ID) {
				return d.Slug, true
			}
		}
	}
	if len(sent) == 1 {
		return sent[0], true
	}
	return "", false
}
