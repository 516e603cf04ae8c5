package markdown

import (
	"html"
	"net/url"
	"strconv"
	"strings"
)

// topHeading is the level in HTML of a heading of level 1: notes stand below the headings of a page and of its parts.
const topHeading = 4

// HTML returns a text in Markdown as HTML. It consists of paragraphs, headings, lists and marks; everything that Attio's
// subset does not have is escaped text, and only links to the web and to mailboxes become links.
func HTML(source string) string {
	source = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(clean(source))
	w := new(htmlWriter)
	for _, l := range normal(readBlocks(source)) {
		w.line(l)
	}
	w.endParagraph()
	w.endLists(0)
	return w.b.String()
}

// htmlWriter writes the lines of a note as HTML.
type htmlWriter struct {
	b         strings.Builder
	paragraph bool   // a paragraph is open
	lists     []kind // the open lists, outermost first; each has an open item
}

func (w *htmlWriter) line(l line) {
	if !l.isOpen() || l.isBlank() {
		w.endParagraph()
	}
	switch {
	case l.isItem():
		w.beginItem(l)
	case l.depth > 0:
		w.endLists(l.depth)
		w.b.WriteString("<br>")
	case l.kind == heading:
		w.endLists(0)
		level := strconv.Itoa(topHeading + l.level - 1)
		w.b.WriteString("<h" + level + ">")
		w.spans(l.spans)
		w.b.WriteString("</h" + level + ">")
		return
	case l.isBlank():
		return
	case w.paragraph:
		w.b.WriteString("<br>")
	default:
		w.endLists(0)
		w.b.WriteString("<p>")
		w.paragraph = true
	}
	w.spans(l.spans)
}

func (w *htmlWriter) endParagraph() {
	if w.paragraph {
		w.b.WriteString("</p>")
		w.paragraph = false
	}
}

// beginItem opens the lists around an item that are not open yet, and the item.
func (w *htmlWriter) beginItem(l line) {
	w.endLists(l.depth)
	if n := len(w.lists); n == l.depth && w.lists[n-1] != l.kind {
		w.endLists(n - 1)
	}
	if len(w.lists) == l.depth {
		w.b.WriteString("</li>")
	}
	for len(w.lists) < l.depth {
		w.lists = append(w.lists, l.kind)
		w.b.WriteString("<" + l.kind.tag())
		if l.kind == ordered && l.number != 1 {
			w.b.WriteString(` start="` + strconv.Itoa(l.number) + `"`)
		}
		w.b.WriteByte('>')
		if len(w.lists) < l.depth {
			w.b.WriteString("<li>")
		}
	}
	w.b.WriteString("<li>")
}

// endLists closes the lists that are deeper than a depth.
func (w *htmlWriter) endLists(depth int) {
	for n := len(w.lists); n > depth; n-- {
		w.b.WriteString("</li></" + w.lists[n-1].tag() + ">")
		w.lists = w.lists[:n-1]
	}
}

func (k kind) tag() string {
	if k == ordered {
		return "ol"
	}
	return "ul"
}

// htmlMarks are the elements of the styles, outermost first.
var htmlMarks = []struct {
	style style
	tag   string
}{{bold, "strong"}, {italic, "em"}, {strike, "s"}, {highlight, "mark"}}

func (w *htmlWriter) spans(spans []span) {
	for _, s := range spans {
		end := ""
		open := func(tag, attributes string) {
			w.b.WriteString("<" + tag + attributes + ">")
			end = "</" + tag + ">" + end
		}
		if safeLink(s.link) {
			open("a", ` href="`+html.EscapeString(s.link)+`" rel="noreferrer"`)
		}
		for _, mark := range htmlMarks {
			if s.style&mark.style != 0 {
				open(mark.tag, "")
			}
		}
		w.b.WriteString(html.EscapeString(s.text))
		w.b.WriteString(end)
	}
}

// safeLink reports whether following a link cannot run a script.
func safeLink(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return false
	}
	return u.Scheme == "mailto" || (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
