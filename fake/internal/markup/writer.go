// Package markup writes HTML. The tags are constants of the code; everything else is a value, which is escaped for the place
// where it stands: in text, in an attribute, or in an attribute that leads somewhere.
package markup

import (
	"net/url"
	"strconv"
	"strings"
)

// Text is markup that is written as it is. A constant becomes one by itself; anything else has to be escaped first.
type Text string

// Writer writes a page. The zero value is an empty page.
type Writer struct{ html []byte }

// Put writes markup with a value in place of each {}: a string, an int or a Text. Between the attributes of a tag the value
// is a Text such as " checked", or what Attr or Attributes return. Put panics if a value cannot stand in its place, if there
// are more or fewer values than places, or if the markup ends within a tag: mistakes of the code, whatever the values are.
func (w *Writer) Put(markup Text, values ...any) { w.put(inText, markup, values) }

// put writes markup that begins and ends in a state.
func (w *Writer) put(in state, markup Text, values []any) {
	at := place{state: in}
	rest, filled := string(markup), 0
	for {
		static, after, isPlace := strings.Cut(rest, "{}")
		at.pass(static)
		w.html = append(w.html, static...)
		if !isPlace {
			break
		}
		if filled == len(values) {
			panic("there are more places than values in " + string(markup))
		}
		if !w.value(&at, values[filled]) {
			panic("value " + strconv.Itoa(filled+1) + " cannot stand in its place in " + string(markup))
		}
		rest, filled = after, filled+1
	}
	if filled < len(values) {
		panic("there are fewer places than values in " + string(markup))
	}
	if at.state != in {
		panic("this ends elsewhere than it begins: " + string(markup))
	}
}

// Bytes returns what was written.
func (w *Writer) Bytes() []byte { return w.html }

// Format returns markup with a value in place of each {}, as Put writes it.
func Format(markup Text, values ...any) Text {
	var w Writer
	w.Put(markup, values...)
	return Text(w.html)
}

// When returns markup if a condition holds, else nothing.
func When(condition bool, markup Text) Text {
	if condition {
		return markup
	}
	return ""
}

// Attributes returns attributes of a tag, after a space, with a value in place of each {}.
func Attributes(markup Text, values ...any) Text {
	var w Writer
	w.put(inTag, markup, values)
	return Text(w.html)
}

// Attr returns an attribute of a tag, or nothing if its value is empty.
func Attr(name Text, value string) Text {
	if value == "" {
		return ""
	}
	return Attributes(" "+name+`="{}"`, value)
}

// value writes a value for the place where it stands. It reports false if it cannot stand there.
func (w *Writer) value(at *place, value any) bool {
	switch value := value.(type) {
	case string:
		return w.text(at, value)
	case int:
		return w.text(at, strconv.Itoa(value))
	case Text:
		if at.state == inValue {
			return w.text(at, string(value))
		}
		w.html = append(w.html, value...)
		return at.state == inText || at.state == inTag
	}
	return false
}

// text escapes a text.
func (w *Writer) text(at *place, text string) bool {
	switch {
	case at.state == inText:
	case at.state != inValue || runs(at.attribute):
		return false
	case leads(at.attribute) && at.inQuery:
		text = url.QueryEscape(text)
	case leads(at.attribute):
		if at.atStart && !isHarmless(text) {
			text = "#"
		}
		text = normalized(text)
	}
	at.atStart = false
	w.html = appendEscaped(w.html, text)
	return true
}
