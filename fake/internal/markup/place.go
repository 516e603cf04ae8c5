package markup

import (
	"slices"
	"strings"
)

// place is where in a page a value stands.
type place struct {
	state     state
	quote     byte   // that ends the value of an attribute
	attribute string // whose value it is
	atStart   bool   // of the value of the attribute
	inQuery   bool   // of the address that the attribute has
	isCode    bool   // of the element whose tag it is: it holds no markup
}

// state is the kind of a place.
type state int

const (
	inText    state = iota // between tags
	inTag                  // between the attributes of a tag
	inValue                // in the value of an attribute, in quotation marks
	inCode                 // in a script or a style
	inNothing              // in the value of an attribute, without quotation marks
)

// pass moves a place to the end of some markup.
func (p *place) pass(markup string) {
	for i := range len(markup) {
		switch c := markup[i]; p.state {
		case inText, inCode:
			if c == '<' && (p.state == inText || strings.HasPrefix(markup[i:], "</")) {
				p.state = inTag
				p.isCode = strings.HasPrefix(markup[i:], "<script") || strings.HasPrefix(markup[i:], "<style")
			}
		case inTag:
			switch c {
			case '>':
				p.state = inText
				if p.isCode {
					p.state = inCode
				}
			case '=':
				if i == len(markup)-1 {
					p.state = inNothing
				}
			case '"', '\'':
				name := strings.TrimSuffix(markup[:i], "=")
				*p = place{state: inValue, quote: c, attribute: name[strings.LastIndexAny(name, " \n")+1:], atStart: true, isCode: p.isCode}
			}
		case inValue:
			p.atStart = false
			p.inQuery = p.inQuery || c == '?' || c == '#'
			if c == p.quote {
				p.state = inTag
			}
		}
	}
}

// leads reports whether the value of an attribute is an address.
func leads(attribute string) bool {
	return slices.Contains([]string{"href", "src", "action", "formaction", "hx-get", "hx-post"}, attribute)
}

// runs reports whether the value of an attribute is a program, a style, or of another language that is not escaped here.
func runs(attribute string) bool {
	return strings.HasPrefix(attribute, "on") || slices.Contains([]string{"style", "srcset", "srcdoc"}, attribute)
}

// isHarmless reports whether an address has no scheme, or one that runs nothing.
func isHarmless(address string) bool {
	scheme, _, ok := strings.Cut(address, ":")
	return !ok || strings.ContainsAny(scheme, "/?#") || slices.Contains([]string{"http", "https", "mailto"}, strings.ToLower(scheme))
}

// normalized escapes what cannot stand in an address. What is escaped already stays as it is.
func normalized(address string) string {
	const hex = "0123456789abcdef"
	isHex := func(i int) bool {
		return i < len(address) && strings.IndexByte("0123456789abcdefABCDEF", address[i]) >= 0
	}
	var b strings.Builder
	for i := range len(address) {
		c := address[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~!#$&*+,/:;=?@[]", c) >= 0,
			c == '%' && isHex(i+1) && isHex(i+2):
			b.WriteByte(c)
		default:
			b.WriteString(string([]byte{'%', hex[c>>4], hex[c&15]}))
		}
	}
	return b.String()
}

// appendEscaped appends a text for its place between tags or in quotation marks.
func appendEscaped(to []byte, text string) []byte {
	from := 0
	for i := range len(text) {
		escaped := ""
		switch text[i] {
		case '&':
			escaped = "&amp;"
		case '<':
			escaped = "&lt;"
		case '>':
			escaped = "&gt;"
		case '"':
			escaped = "&#34;"
		case '\'':
			escaped = "&#39;"
		case 0: // which is no character of HTML
			escaped = "\uFFFD"
		default:
			continue
		}
		to = append(append(to, text[from:i]...), escaped...)
		from = i + 1
	}
	return append(to, text[from:]...)
}
