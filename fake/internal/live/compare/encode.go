package compare

import (
	"bytes"
	"encoding/json"
)

// JSON writes a value with its keys in their order, without spaces.
func (n *Node) JSON() []byte { return n.append(nil) }

func (n *Node) append(to []byte) []byte {
	switch n.Kind {
	case Null:
		return append(to, "null"...)
	case String:
		return appendString(to, n.Text)
	case Array, Object:
		open, end := byte('['), byte(']')
		if n.Kind == Object {
			open, end = '{', '}'
		}
		to = append(to, open)
		for i, item := range n.Items {
			if i > 0 {
				to = append(to, ',')
			}
			if n.Kind == Object {
				to = append(appendString(to, n.Keys[i]), ':')
			}
			to = item.append(to)
		}
		return append(to, end)
	}
	return append(to, n.Text...)
}

func appendString(to []byte, s string) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return append(to, `""`...) // a string can always be encoded
	}
	return append(to, bytes.TrimSuffix(text.Bytes(), []byte("\n"))...)
}
