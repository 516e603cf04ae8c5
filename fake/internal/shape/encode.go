package shape

import (
	"encoding/json"
	"unicode/utf8"
)

// appendValue appends the JSON of a value that Decode returned.
func appendValue(b []byte, value any) []byte {
	switch value := value.(type) {
	case bool:
		if value {
			return append(b, "true"...)
		}
		return append(b, "false"...)
	case string:
		return appendText(b, value)
	case json.Number:
		return append(b, value...)
	case []any:
		return appendItems(b, value, appendValue)
	case *Members:
		b = append(b, '{')
		for key, member := range value.All() {
			b = appendKey(b, key)
			b = appendValue(b, member)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func appendItems(b []byte, items []any, appendItem func([]byte, any) []byte) []byte {
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendItem(b, item)
	}
	return append(b, ']')
}

// appendKey appends a key and its colon, after a comma unless it is the first of its object.
func appendKey(b []byte, key string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(appendText(b, key), ':')
}

// appendText appends a JSON string as JavaScript writes it, which leaves <, > and & as they are.
func appendText(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
