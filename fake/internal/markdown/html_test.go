package markdown

import (
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

func TestHTML(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, markdown, want string }{
		{"nothing is nothing", "", ""},
		{"the lines of a text are one paragraph", "One\nTwo", "<p>One<br>Two</p>"},
		{"a blank line ends a paragraph", "One\n\nTwo", "<p>One</p><p>Two</p>"},
		{"headings stand below those of the page", "# A\n## B\n### C", "<h4>A</h4><h5>B</h5><h6>C</h6>"},
		{"a list is one list", "- a\n- b", "<ul><li>a</li><li>b</li></ul>"},
		{"an ordered list keeps its first number", "3. c\n4. d", `<ol start="3"><li>c</li><li>d</li></ol>`},
		{"a list inside a list is inside its item", "- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"},
		{"an item begins a list of several depths", "- - a", "<ul><li><ul><li>a</li></ul></li></ul>"},
		{"a list of another kind is another list", "- a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"},
		{"a text after a list is a paragraph", "- a\n\nb", "<ul><li>a</li></ul><p>b</p>"},
		{"a line in an item stays in it", "- a\\\n  b", "<ul><li>a<br>b</li></ul>"},
		{"marks nest", "**a *b***", "<p><strong>a </strong><strong><em>b</em></strong></p>"},
		{"all marks", "~~a~~ ==b== *c*", "<p><s>a</s> <mark>b</mark> <em>c</em></p>"},
		{"a link to the web", "[a](https://x.example.com/?a=1&b=2)", `<p><a href="https://x.example.com/?a=1&amp;b=2" rel="noreferrer">a</a></p>`},
		{"a link to a mailbox", "[a](mailto:a@x.example.com)", `<p><a href="mailto:a@x.example.com" rel="noreferrer">a</a></p>`},
		{"a link that runs a script is text", "[a](javascript:alert(1))", "<p>a</p>"},
		{"so it is in another case and with an entity", "[a](Java&#115;cript:alert(1)) [b](data:text/html,x)", "<p>a b</p>"},
		{"HTML is text", `<script>alert("1")</script>`, "<p>&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;</p>"},
		{"an address cannot leave its quotes", `[a](<https://x.example.com/"><script>)`, `<p>[a](&lt;https://x.example.com/&#34;&gt;&lt;script&gt;)</p>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := HTML(tt.markdown); got != tt.want {
				t.Errorf("HTML(%q)\n got %s\nwant %s", tt.markdown, got, tt.want)
			}
		})
	}
}

func TestHTMLHoldsNothingButItsOwnElementsAndTheTextOfTheNote(t *testing.T) {
	t.Parallel()
	allowed := map[string]bool{"p": true, "br": true, "h4": true, "h5": true, "h6": true, "ul": true, "ol": true, "li": true,
		"a": true, "strong": true, "em": true, "s": true, "mark": true}
	piece := rapid.SampledFrom([]string{"a", " ", "\n", "\n\n", "# ", "- ", "  - ", "2. ", "**", "*", "_", "~~", "==", "[", "](", ")", "<", ">", `"`, "'",
		"&", "&lt;", "script", "javascript:", "https://x.example.com", "mailto:", "\\", "\x00", "<img src=x onerror=y>"})
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), "")
		text := new(strings.Builder)
		tokens := html.NewTokenizer(strings.NewReader(HTML(source)))
		var open []string
		for {
			kind := tokens.Next()
			token := tokens.Token()
			switch kind {
			case html.ErrorToken:
				if tokens.Err() != io.EOF || len(open) > 0 {
					t.Fatalf("%q: %v, open %v", source, tokens.Err(), open)
				}
				want := strings.Join(strings.Fields(Parse(source).Plaintext), "")
				if got := strings.Join(strings.Fields(text.String()), ""); got != want {
					t.Fatalf("%q: the text is %q, want %q", source, got, want)
				}
				return
			case html.TextToken:
				text.WriteString(token.Data)
			case html.StartTagToken:
				if !allowed[token.Data] {
					t.Fatalf("%q: element %s", source, token)
				}
				for _, a := range token.Attr {
					if a.Key == "href" && !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "mailto:") {
						t.Fatalf("%q: link to %s", source, a.Val)
					}
				}
				if token.Data != "br" {
					open = append(open, token.Data)
				}
			case html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != token.Data {
					t.Fatalf("%q: %s closes %v", source, token, open)
				}
				open = open[:len(open)-1]
			default:
				t.Fatalf("%q: token %s", source, token)
			}
		}
	})
}
