// Package markdown reads and writes the subset of Markdown that Attio's notes have: headings of three levels, bullet and
// ordered lists, bold, italic, strikethrough and highlighted text, and links. What Attio's OpenAPI document names is
// read as in CommonMark. Everything else stays text, character by character: images, tables, code, quotes, HTML.
//
// Reading takes linear time, whatever the text.
package markdown

import "strings"

// Content is the content of a note in both of its renderings; each can be derived from the other.
type Content struct {
	Plaintext string // line by line, without any marks
	Markdown  string // in normal form: parsing it gives the same content
}

// Plain returns the content of a text without formatting. Its plaintext is the text.
func Plain(text string) Content {
	var lines []line
	for part := range strings.SplitSeq(clean(text), "\n") {
		lines = append(lines, line{spans: plainSpans(part)})
	}
	return contentOf(lines)
}

// Parse returns the content of a text in Markdown.
func Parse(source string) Content {
	source = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(clean(source))
	return contentOf(normal(readBlocks(source)))
}

func contentOf(lines []line) Content { return Content{plaintext(lines), render(lines)} }

// clean replaces what is not a valid character, as CommonMark does with NUL.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}

// plaintext writes lines without their marks: no bullets, no numbers, and no blank lines around headings, as in Attio's
// OpenAPI document.
func plaintext(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, s := range l.spans {
			b.WriteString(s.text)
		}
	}
	return b.String()
}
