package scenario

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// decoder fills the types of the format from a tree and reports what does not fit.
type decoder struct {
	problems *yamltree.Problems
	single   bool // the tree is one of several files, so missing keys may be in another
	forms    map[string]*regexp.Regexp
	structs  map[reflect.Type][]option
}

func newDecoder(single bool, ps *yamltree.Problems) *decoder {
	return &decoder{problems: ps, single: single, forms: make(map[string]*regexp.Regexp), structs: make(map[reflect.Type][]option)}
}

// decodeDocument decodes the tree of one file, or of all files merged.
func decodeDocument(root *yamltree.Node, single bool, ps *yamltree.Problems) *document {
	d := newDecoder(single, ps)
	doc := new(document)
	if root.Kind != yamltree.KindMapping {
		ps.Add(root.Position, "a scenario is a mapping with the keys %s, not %s", strings.Join(keysOf(optionsOf(reflect.TypeFor[document]())), ", "), root.Kind)
		return doc
	}
	decodeInto(d, yamltree.Field{At: root.Position, Value: root}, doc)
	return doc
}

// decodeExtends decodes only what a file extends.
func decodeExtends(root *yamltree.Node, ps *yamltree.Problems) *document {
	doc := new(document)
	if f, ok := root.Get("extends"); ok {
		doc.place(placed{node: root})
		decodeInto(newDecoder(true, ps), f, &doc.Extends)
	}
	return doc
}

// decodeInto decodes a field of a mapping, or an item of a list, which has no name.
func decodeInto[T any](d *decoder, f yamltree.Field, into *T) {
	d.decode(f, reflect.ValueOf(into).Elem())
}

func (d *decoder) decode(f yamltree.Field, into reflect.Value) {
	if c, ok := into.Addr().Interface().(custom); ok {
		c.decode(d, f)
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		if f.Value.Kind == yamltree.KindNull {
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
		if d.is(f, yamltree.KindBool) {
			into.SetBool(f.Value.Text == "true")
		}
	case reflect.Slice:
		if f.Value.Kind == yamltree.KindString {
			d.problems.Add(f.Value.Position, "%s must be a list; write [%s]", subject(f), f.Value.Text)
			return
		}
		if !d.is(f, yamltree.KindSequence) {
			return
		}
		list := reflect.MakeSlice(into.Type(), len(f.Value.Items), len(f.Value.Items))
		for i, item := range f.Value.Items {
			d.decode(yamltree.Field{At: item.Position, Value: item}, list.Index(i))
		}
		into.Set(list)
	case reflect.Struct:
		d.decodeStruct(f, into)
	default:
		panic("scenario: the format has a field of type " + into.Type().String())
	}
}

func (d *decoder) decodeString(f yamltree.Field, into reflect.Value) {
	if w, ok := into.Interface().(worded); ok && f.Value.IsScalar() {
		if what, known := w.words(); !slices.Contains(known, f.Value.Text) {
			d.problems.AddUnknown(f.Value.Position, what, f.Value.Text, known)
			return
		}
	}
	text, ok := d.text(f)
	if !ok {
		return
	}
	if t, ok := into.Interface().(formed); ok {
		d.checkForm(f.Value.Position, t.form(), text)
	}
	into.SetString(text)
}

func (d *decoder) decodeInteger(f yamltree.Field, into reflect.Value) {
	n, err := strconv.ParseInt(f.Value.Text, 10, 64)
	if f.Value.Kind != yamltree.KindNumber || err != nil {
		d.problems.Add(f.Value.Position, "%s must be a whole number of 64 bits", suggest.Quote(f.Name))
		return
	}
	into.SetInt(n)
}

func (d *decoder) decodeStruct(f yamltree.Field, into reflect.Value) {
	before := d.problems.Reported()
	d.decodeFields(f, into)
	if d.problems.Reported() > before {
		into.Addr().Interface().(placeable).markWrong()
	}
}

func (d *decoder) decodeFields(f yamltree.Field, into reflect.Value) {
	options, ok := d.structs[into.Type()]
	if !ok {
		options = optionsOf(into.Type())
		d.structs[into.Type()] = options
	}
	for _, o := range options {
		if o.short && f.Value.Kind != yamltree.KindMapping {
			if f.Value.Kind == yamltree.KindSequence || f.Value.Kind == yamltree.KindNull {
				d.wrong(f, "a mapping, or "+article(o.key))
				return
			}
			into.Addr().Interface().(placeable).place(placed{key: f.At})
			d.decode(f, into.FieldByIndex(o.index))
			return
		}
	}
	if !d.is(f, yamltree.KindMapping) {
		return
	}
	into.Addr().Interface().(placeable).place(placed{key: f.At, node: f.Value})
	for _, entry := range f.Value.Fields {
		i := slices.IndexFunc(options, func(o option) bool { return o.key == entry.Name })
		if i < 0 {
			d.problems.AddUnknown(entry.At, "key", entry.Name, keysOf(options))
			continue
		}
		d.decode(entry, into.FieldByIndex(options[i].index))
	}
	for _, o := range options {
		if _, there := f.Value.Find(o.key); !there && (o.everyFile || o.required && !d.single) {
			d.problems.Add(f.At, "the required key %s is missing. %s", suggest.Quote(o.key), o.doc)
		}
	}
}

// text returns a string, or reports that the value is not one.
func (d *decoder) text(f yamltree.Field) (string, bool) {
	switch f.Value.Kind {
	case yamltree.KindString:
		return f.Value.Text, true
	case yamltree.KindNumber, yamltree.KindBool:
		d.problems.Add(f.Value.Position, "%s must be a string, not %s; put it in quotes: %q", subject(f), f.Value.Kind, f.Value.Text)
	default:
		d.wrong(f, yamltree.KindString.String())
	}
	return "", false
}

// is checks the kind of a value.
func (d *decoder) is(f yamltree.Field, k yamltree.Kind) bool {
	if f.Value.Kind == k {
		return true
	}
	d.wrong(f, k.String())
	return false
}

func (d *decoder) wrong(f yamltree.Field, expected string) {
	at := f.Value.Position
	if f.Value.Kind == yamltree.KindNull {
		at = f.At
	}
	d.problems.Add(at, "%s must be %s, not %s", subject(f), expected, f.Value.Kind)
}

// checkForm checks that a string has its form.
func (d *decoder) checkForm(at yamltree.Position, form form, text string) {
	expression, ok := d.forms[form.pattern]
	if !ok {
		expression = regexp.MustCompile(form.pattern)
		d.forms[form.pattern] = expression
	}
	if !expression.MatchString(text) {
		d.problems.Add(at, "%s is not a valid %s; %s", suggest.Quote(text), form.what, form.says)
	}
}

// subject names what a message is about.
func subject(f yamltree.Field) string {
	if f.Name == "" {
		return "an item of this list"
	}
	return suggest.Quote(f.Name)
}

func article(key string) string { return "only the " + strings.ReplaceAll(key, "_", " ") }

// option is a field of a struct of the format.
type option struct {
	key                        string
	doc                        string
	required, everyFile, short bool
	index                      []int
}

// optionsOf reads the tags of a struct, including those of structs with the tag "inline".
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
