package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	source "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"pgregory.net/rapid"
)

// referee is another implementation of CommonMark, reduced to emphasis and links.
var referee = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 0)),
	parser.WithInlineParsers(util.Prioritized(parser.NewLinkParser(), 0), util.Prioritized(parser.NewEmphasisParser(), 1)),
)

// refereed returns the spans of a text as the referee reads it.
func refereed(text string) []span {
	var spans []span
	var walk func(n ast.Node, s span)
	walk = func(n ast.Node, s span) {
		switch n := n.(type) {
		case *ast.Text:
			if s.text = string(n.Segment.Value([]byte(text))); s.text != "" {
				spans = appendSpan(spans, s)
			}
			return
		case *ast.Emphasis:
			s.style |= map[int]style{1: italic, 2: bold}[n.Level]
		case *ast.Link:
			s.link = string(n.Destination)
		}
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			walk(child, s)
		}
	}
	walk(referee.Parse(source.NewReader([]byte(text))), span{})
	return spans
}

func TestEmphasisIsThatOfCommonMark(t *testing.T) {
	t.Parallel()
	compare := func(t rapid.TB, text string) {
		t.Helper()
		if diff := cmp.Diff(refereed(text), readInline(text), cmp.AllowUnexported(span{})); diff != "" {
			t.Fatalf("%q (-referee +own):\n%s", text, diff)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", " ", ".", "(", "é", "*", "**", "***", "_", "__", "*a*", "**a**"}), 1, 20)
		compare(t, "x"+strings.Join(words.Draw(t, "words"), "")+"y")
	})
	for _, text := range []string{
		"[a](b)", "*[a](b)*", "[*a*](b)", "*a [b*](c)", "[a](b) *c [d](e)*", "[a [b](c)](d)", "[a](b 'c')", "[a](b\"c)", "[a]( b )", "[a](b c)", "[a](b(c)d)", "[a](b(c)", "[[a](b)",
		"[a]](b)", "[a](<b>)", "[a](<b c>)", "[a](<b)",
	} {
		compare(t, text)
	}
}
