package scenario

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// decoder fills the types of the format from a tree and collects what does not fit.
type decoder struct {
	problems *problems
	single   bool // the tree is one file of several, and what is missing may stand in another
	forms    map[string]*regexp.Regexp
	structs  map[reflect.Type][]option
}

// decodeDocument reads the tree of one file, or of all when they are merged.
func decodeDocument(root *node, single bool, ps *problems) *document {
	d := &decoder{problems: ps, single: single, forms: make(map[string]*regexp.Regexp), structs: make(map[reflect.Type][]option)}
	doc := new(document)
	if root.kind != kindMapping {
		ps.add(root.position, "a scenario is a mapping with the keys %s, not %s", strings.Join(keysOf(optionsOf(reflect.TypeFor[document]())), ", "), root.kind)
		return doc
	}
	decodeInto(d, field{at: root.position, value: root}, doc)
	return doc
}

// decodeInto reads a field of a mapping, or an item of a list, which has no name.
func decodeInto[T any](d *decoder, f field, into *T) { d.decode(f, reflect.ValueOf(into).Elem()) }

func (d *decoder) decode(f field, into reflect.Value) {
	if c, ok := into.Addr().Interface().(custom); ok {
		c.decode(d, f)
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		if f.value.kind == kindNull {
			return
		}
		value := reflect.New(into.Type().Elem())
		d.decode(f, value.Elem())
		into.Set(value)
	case reflect.String:
		d.decodeString(f, into)
	case reflect.Int64:
		d.decodeInteger(f, into)
	case reflect.Bool:
		if d.is(f, kindBool) {
			into.SetBool(f.value.text == "true")
		}
	case reflect.Slice:
		if f.value.kind == kindString {
			d.problems.add(f.value.position, "%s must be a list; write [%s]", subject(f), f.value.text)
			return
		}
		if !d.is(f, kindSequence) {
			return
		}
		list := reflect.MakeSlice(into.Type(), len(f.value.items), len(f.value.items))
		for i, item := range f.value.items {
			d.decode(field{at: item.position, value: item}, list.Index(i))
		}
		into.Set(list)
	case reflect.Struct:
		d.decodeStruct(f, into)
	default:
		panic("scenario: the format has a field of type " + into.Type().String())
	}
}

func (d *decoder) decodeString(f field, into reflect.Value) {
	if w, ok := into.Interface().(worded); ok && f.value.isScalar() {
		if what, known := w.words(); !slices.Contains(known, f.value.text) {
			d.problems.addUnknown(f.value.position, what, f.value.text, known)
			return
		}
	}
	text, ok := d.text(f)
	if !ok {
		return
	}
	if t, ok := into.Interface().(formed); ok {
		d.checkForm(f.value.position, t.form(), text)
	}
	into.SetString(text)
}

func (d *decoder) decodeInteger(f field, into reflect.Value) {
	n, err := strconv.ParseInt(f.value.text, 10, 64)
	if f.value.kind != kindNumber || err != nil {
		d.problems.add(f.value.position, "%s must be a whole number of 64 bits", suggest.Quote(f.name))
		return
	}
	into.SetInt(n)
}

func (d *decoder) decodeStruct(f field, into reflect.Value) {
	options, ok := d.structs[into.Type()]
	if !ok {
		options = optionsOf(into.Type())
		d.structs[into.Type()] = options
	}
	for _, o := range options {
		if o.short && f.value.kind != kindMapping {
			if f.value.kind == kindSequence || f.value.kind == kindNull {
				d.wrong(f, "a mapping, or "+article(o.key))
				return
			}
			into.Addr().Interface().(placeable).place(placed{key: f.at})
			d.decode(f, into.FieldByIndex(o.index))
			return
		}
	}
	if !d.is(f, kindMapping) {
		return
	}
	into.Addr().Interface().(placeable).place(placed{key: f.at, node: f.value})
	for _, entry := range f.value.fields {
		i := slices.IndexFunc(options, func(o option) bool { return o.key == entry.name })
		if i < 0 {
			d.problems.addUnknown(entry.at, "key", entry.name, keysOf(options))
			continue
		}
		d.decode(entry, into.FieldByIndex(options[i].index))
	}
	for _, o := range options {
		if _, there := f.value.find(o.key); !there && (o.everyFile || o.required && !d.single) {
			d.problems.add(f.at, "the required key %s is missing. %s", suggest.Quote(o.key), o.doc)
		}
	}
}

// text returns a string, or reports that something else stands there.
func (d *decoder) text(f field) (string, bool) {
	switch f.value.kind {
	case kindString:
		return f.value.text, true
	case kindNumber, kindBool:
		d.problems.add(f.value.position, "%s must be a string, not %s; put it in quotes: %q", subject(f), f.value.kind, f.value.text)
	default:
		d.wrong(f, kindString.String())
	}
	return "", false
}

// is checks the kind of a value.
func (d *decoder) is(f field, k kind) bool {
	if f.value.kind == k {
		return true
	}
	d.wrong(f, k.String())
	return false
}

func (d *decoder) wrong(f field, expected string) {
	at := f.value.position
	if f.value.kind == kindNull {
		at = f.at
	}
	d.problems.add(at, "%s must be %s, not %s", subject(f), expected, f.value.kind)
}

// checkForm checks what a string looks like.
func (d *decoder) checkForm(at position, form form, text string) {
	expression, ok := d.forms[form.pattern]
	if !ok {
		expression = regexp.MustCompile(form.pattern)
		d.forms[form.pattern] = expression
	}
	if !expression.MatchString(text) {
		d.problems.add(at, "%s is not a good %s; %s", suggest.Quote(text), form.what, form.says)
	}
}

// subject says what a message is about.
func subject(f field) string {
	if f.name == "" {
		return "an item of this list"
	}
	return suggest.Quote(f.name)
}

func article(key string) string { return "only the " + strings.ReplaceAll(key, "_", " ") }

// option is a field of a struct of the format.
type option struct {
	key                        string
	doc                        string
	required, everyFile, short bool
	index                      []int
}

// optionsOf reads the tags of a struct, and of one that it takes in with the tag "inline".
func optionsOf(t reflect.Type) []option {
	var options []option
	for i := range t.NumField() {
		tag, ok := t.Field(i).Tag.Lookup("yaml")
		if !ok {
			continue
		}
		if tag == "inline" {
			for _, o := range optionsOf(t.Field(i).Type) {
				o.index = append([]int{i}, o.index...)
				options = append(options, o)
			}
			continue
		}
		words := strings.Split(tag, ",")
		options = append(options, option{
			key:       words[0],
			doc:       t.Field(i).Tag.Get("doc"),
			required:  slices.Contains(words, "required"),
			everyFile: slices.Contains(words, "everyfile"),
			short:     slices.Contains(words, "short"),
			index:     []int{i},
		})
	}
	return options
}

func keysOf(options []option) []string {
	keys := make([]string, len(options))
	for i, o := range options {
		keys[i] = o.key
	}
	return keys
}
