package shape

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// maxDepth is how deep arrays and objects may be nested; the code that reads them is recursive.
const maxDepth = 512

// Decode reads one JSON text. A value is nil, a bool, a string, a json.Number, a []any or a
// *[Members].
func Decode(raw []byte) (any, error) {
	if !json.Valid(raw) {
		var nothing any
		return nil, json.Unmarshal(raw, &nothing) // to report what is wrong, and where
	}
	d := decoder{raw: raw}
	return d.value(0)
}

// decoder reads text that is known to be valid.
type decoder struct {
	raw []byte
	at  int
}

func (d *decoder) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("more than %d levels of arrays and objects", maxDepth)
	}
	switch d.next() {
	case '{':
		return d.object(depth)
	case '[':
		return d.array(depth)
	case '"':
		return d.text(), nil
	case 't':
		d.at += len("true")
		return true, nil
	case 'f':
		d.at += len("false")
		return false, nil
	case 'n':
		d.at += len("null")
		return nil, nil
	}
	return d.number(), nil
}

func (d *decoder) object(depth int) (*Members, error) {
	m := new(Members)
	d.at++
	for d.next() != '}' {
		key := d.text()
		d.next()
		d.at++ // the colon
		value, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		m.set(key, value)
		d.comma()
	}
	d.at++
	return m, nil
}

func (d *decoder) array(depth int) ([]any, error) {
	items := []any{}
	d.at++
	for d.next() != ']' {
		item, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		d.comma()
	}
	d.at++
	return items, nil
}

// next skips white space and returns the byte after it.
func (d *decoder) next() byte {
	for {
		switch c := d.raw[d.at]; c {
		case ' ', '\t', '\r', '\n':
			d.at++
		default:
			return c
		}
	}
}

func (d *decoder) comma() {
	if d.next() == ',' {
		d.at++
	}
}

func (d *decoder) text() string {
	start := d.at
	escaped := false
	for d.at++; d.raw[d.at] != '"'; d.at++ {
		if d.raw[d.at] == '\\' {
			escaped = true
			d.at++
		}
	}
	d.at++
	inner := d.raw[start+1 : d.at-1]
	if !escaped && utf8.Valid(inner) {
		return string(inner)
	}
	var s string
	_ = json.Unmarshal(d.raw[start:d.at], &s) // valid, because the whole text is
	return s
}

func (d *decoder) number() json.Number {
	rest := d.raw[d.at:]
	end := bytes.IndexAny(rest, ",]} \t\r\n")
	if end < 0 {
		end = len(rest)
	}
	d.at += end
	return json.Number(rest[:end])
}
