package markdown_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/markdown"
)

// recap is a realistic note with everything that notes can contain.
const recap = `# Rollout, week 2

**When:** Tuesday
**Who:** Mara, *Grace*

## Talked about

- What ran well in the ==north==
- Why the south waits:
  - no ~~people~~ room
  - no __network__
- The [handbook](https://fernhill.example.com/handbook)

### Next

1. Order cables
2. Call *Henrik*, he __knows__

_See you._`

func TestMarkdownIsReadAndWrittenInItsNormalForm(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ source, plaintext, markdown string }{
		"a whole note": {recap,
			"Rollout, week 2\nWhen: Tuesday\nWho: Mara, Grace\nTalked about\nWhat ran well in the north\nWhy the south waits:\nno people room\nno network\nThe handbook\nNext\nOrder cables\nCall Henrik, he knows\nSee you.",
			""},
		"nothing":                          {"", "", ""},
		"only blank lines":                 {"\n \n\t\n", "", ""},
		"a word":                           {"word", "word", "word"},
		"lines":                            {"a\nb\r\nc\rd", "a\nb\nc\nd", "a\nb\nc\nd"},
		"hard line breaks":                 {"a  \nb\\\nc", "a\nb\nc", "a\nb\nc"},
		"paragraphs":                       {"a\n\nb\n\n\nc\n", "a\n\nb\n\n\nc", "a\n\nb\n\n\nc"},
		"white space around":               {"\n\n  a \t\n\n", "a", "a"},
		"headings":                         {"# a\n## b ##\n###\tc\n#", "a\nb\nc\n", "# a\n\n## b\n\n### c\n\n#"},
		"a heading among texts":            {"a\n# b\nc", "a\nb\nc", "a\n\n# b\nc"},
		"a heading of a fourth level":      {"#### a", "#### a", "#### a"},
		"a hash before a word":             {"#a", "#a", "#a"},
		"a hash at the end of a heading":   {`# C \#`, "C #", `# C \#`},
		"bullets of every kind":            {"* a\n+ b\n- c", "a\nb\nc", "- a\n- b\n- c"},
		"a list with blank lines":          {"- a\n\n- b", "a\nb", "- a\n- b"},
		"a list behind a text":             {"a:\n- b\n\nc", "a:\nb\nc", "a:\n\n- b\n\nc"},
		"a list below a heading":           {"# a\n\n- b", "a\nb", "# a\n- b"},
		"ordered items":                    {"1) a\n2) b\n\n7. c", "a\nb\nc", "1. a\n2. b\n3. c"},
		"ordered items from seven":         {"7. a\n1. b", "a\nb", "7. a\n8. b"},
		"a year at the beginning":          {"text\n1998. That was it", "text\n1998. That was it", "text\n1998\\. That was it"},
		"items in items":                   {"1. a\n   - b\n      * c\n2. d", "a\nb\nc\nd", "1. a\n   - b\n     - c\n2. d"},
		"items far in":                     {"- a\n        - b", "a\nb", "- a\n  - b"},
		"items with tabs":                  {"- a\n\t- b\n\t\t- c", "a\nb\nc", "- a\n  - b\n    - c"},
		"an item of several lines":         {"- a\nlazy\n\n  more\n- b", "a\nlazy\nmore\nb", "- a\n  lazy\n  more\n- b"},
		"empty items":                      {"-\n- \n- - a", "\n\n\na", "-\n-\n-\n  - a"},
		"text below items in items":        {"- a\n  - b\n\n  c", "a\nb\nc", "- a\n  - b\n\n  c"},
		"a number that begins a list in":   {"- a\n\n  3. b", "a\nb", "- a\n\n  3. b"},
		"styles":                           {"**a** __b__ *c* _d_ ~~e~~ ==f==", "a b c d e f", "**a** **b** *c* *d* ~~e~~ ==f=="},
		"styles in each other":             {"***a*** **b *c*** ==~~*d*~~==", "a b c d", "***a*** **b _c_** *~~==d==~~*"},
		"a style over lines":               {"**a\nb** c", "a\nb c", "**a**\n**b** c"},
		"a style in a word":                {"a**b**c snake_case_name", "abc snake_case_name", "a**b**c snake_case_name"},
		"marks without partners":           {"2 * 3 *4 **x ~y~ =z= ~~~w~~~", "2 * 3 *4 **x ~y~ =z= ~~~w~~~", `2 * 3 \*4 \*\*x ~y~ =z= ~~~w~~~`},
		"a link":                           {`[a *b*](https://example.com/x_(y) "title")`, "a b", `[a *b*](https://example.com/x_\(y\))`},
		"a link in angle brackets":         {"[a](<https://example.com/x y>)", "a", "[a](https://example.com/x&#32;y)"},
		"a bold link in a text":            {"**see [it](https://x.example) now**", "see it now", "**see [it](https://x.example) now**"},
		"brackets that are no link":        {"see [1], [x] and [y] (z)", "see [1], [x] and [y] (z)", "see [1], [x] and [y] (z)"},
		"a link without an address":        {"[a]()", "[a]()", `[a\]()`},
		"an image":                         {"![logo](https://x.example/l_o_.png)", "![logo](https://x.example/l_o_.png)", `![logo\](https://x.example/l_o\_.png)`},
		"code":                             {"`a_b`\n```go\nx := 1\n```", "`a_b`\n```go\nx := 1\n```", "`a_b`\n```go\nx := 1\n```"},
		"a table":                          {"| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"},
		"a quote and HTML":                 {"> a\n<b>c</b>", "> a\n<b>c</b>", "> a\n<b>c</b>"},
		"rules":                            {"a\n---\n* * *\n___", "a\n---\n* * *\n___", "a\n---\n* * *\n___"},
		"a rule in a list":                 {"- * * *\n+ ---", "* * *\n---", "- * * *\n- \\---"},
		"escapes":                          {`\*a\* \# \[b\](c) \\ \q`, `*a* # [b](c) \ \q`, `\*a\* # [b\](c) \ \q`},
		"escapes at the beginning":         {"\\# a\n\\- b\n1\\. c", "# a\n- b\n1. c", "\\# a\n\\- b\n1\\. c"},
		"entities":                         {"AT&amp;T &copy; &#36; &#x24; &nope; &amp", "AT&T © $ $ &nope; &amp", "AT&T © $ $ &nope; &amp"},
		"an entity as text":                {"&amp;amp;", "&amp;", `\&amp;`},
		"a link over two lines":            {"[a\nb](https://x.example)", "a\nb", "[a](https://x.example)\nb"},
		"what is no text":                  {"a\x00b\xffc", "a\uFFFDb\uFFFDc", "a\uFFFDb\uFFFDc"},
		"lists deeper than a note has any": {strings.Repeat("- ", 13) + "a", strings.Repeat("\n", 11) + "- a", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := markdown.Parse(tc.source)
			want := markdown.Content{Plaintext: tc.plaintext, Markdown: tc.markdown}
			if tc.markdown == "" {
				want.Markdown = got.Markdown
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(got, markdown.Parse(got.Markdown)); diff != "" {
				t.Errorf("read again (-once +twice):\n%s", diff)
			}
		})
	}
}

// The example in Attio's OpenAPI document shows both forms of one note.
func TestTheExampleOfTheDocumentIsInItsNormalForm(t *testing.T) {
	t.Parallel()
	const source = "# Introduction\nDate and time of the call\nParticipants\nPurpose of the call\n\n## Customer Background\n" +
		"- Company overview (industry, size, location)\n- Key business challenges\n- Current software solutions (if any) and pain points"
	want := markdown.Content{Markdown: source, Plaintext: "Introduction\nDate and time of the call\nParticipants\nPurpose of the call\nCustomer Background\n" +
		"Company overview (industry, size, location)\nKey business challenges\nCurrent software solutions (if any) and pain points"}
	if diff := cmp.Diff(want, markdown.Parse(source)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPlaintextStaysAsItIs(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, markdown string }{
		"nothing":              {"", ""},
		"as recorded":          {"Test note created at 2025-07-19 10:42:28.181027", "Test note created at 2025-07-19 10:42:28.181027"},
		"lines":                {"a\nb\n\n\nc", "a\nb\n\n\nc"},
		"marks":                {"# a\n- b\n1. c\n**d** _e_ ~~f~~ ==g== [h](i)", "\\# a\n\\- b\n1\\. c\n\\*\\*d\\*\\* \\_e\\_ \\~\\~f\\~\\~ \\=\\=g\\=\\= [h\\](i)"},
		"blank lines around":   {"\n\na\n", "&#10;&#10;a&#10;"},
		"only blank lines":     {"\n\n", "&#10;&#10;"},
		"a rule and its end":   {"- - -\n", "\\- - -&#10;"},
		"white space around":   {"  a \n\tb", "&#32; a&#32;\n&#9;b"},
		"a line of a space":    {"a\n \nb", "a\n&#32;\nb"},
		"carriage returns":     {"a\r\nb", "a&#13;\nb"},
		"backslashes":          {`C:\dir \\host \`, `C:\dir \\\host \\`},
		"what looks like HTML": {"<ada@example.com> & co", "<ada@example.com> & co"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := markdown.Content{Plaintext: tc.text, Markdown: tc.markdown}
			if diff := cmp.Diff(want, markdown.Plain(tc.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, markdown.Parse(tc.markdown)); diff != "" {
				t.Errorf("read again (-want +got):\n%s", diff)
			}
		})
	}
}

// holds checks what must hold for every text.
func holds(t rapid.TB, source string) {
	parsed, plain := markdown.Parse(source), markdown.Plain(source)
	if diff := cmp.Diff(parsed, markdown.Parse(parsed.Markdown)); diff != "" {
		t.Fatalf("%q read again (-once +twice):\n%s", source, diff)
	}
	if diff := cmp.Diff(plain, markdown.Parse(plain.Markdown)); diff != "" {
		t.Fatalf("plain %q read again (-want +got):\n%s", source, diff)
	}
	if plain.Plaintext != strings.ReplaceAll(strings.ToValidUTF8(source, "\uFFFD"), "\x00", "\uFFFD") {
		t.Fatalf("plain %q became %q", source, plain.Plaintext)
	}
	if len(parsed.Plaintext) > 4*len(source)+20 { // each byte can become an item, or an invalid one a replacement character
		t.Fatalf("%q became %d bytes", source, len(parsed.Plaintext))
	}
}

var words = []string{
	"a", "b", " ", "  ", "    ", "\t", "\n", "\n\n", "\n  ", "*", "**", "***", "_", "__", "~~", "~", "==", "=", "[", "](u)", "](", ")", "(", "!", "\\",
	"#", "# ", "- ", "-", "+ ", "* ", "1. ", "3) ", "10.", "&", "&amp;", "&#32;", "&#10;", "&#42;", ";", ".", "é", "\u00a0", "<", ">", "\r", "---", "`", "\"",
}

func TestEveryNoteReadsAgainAsItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		holds(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "source"), ""))
	})
}

func FuzzEveryNoteReadsAgainAsItself(f *testing.F) {
	f.Add(recap)
	for _, word := range words {
		f.Add(word + "a" + word)
	}
	f.Fuzz(func(t *testing.T, source string) { holds(t, source) })
}

// Reading one of these in quadratic time would take hours.
func TestHostileTextsAreReadInTimeThatGrowsWithThem(t *testing.T) {
	t.Parallel()
	const size = 1 << 18
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	half := func(a, b string) string { return fill(a)[:size/2] + fill(b)[:size/2] }
	for name, source := range map[string]string{
		"bullets in bullets":         fill("- "),
		"numbers in numbers":         fill("1. "),
		"lines of bullets":           fill("- - - - - - - - - - - - - - - -\n"),
		"items and blank lines":      half("- \n  ", "\n"),
		"open brackets":              fill("["),
		"closed brackets":            half("[", "]"),
		"links that do not end":      fill("[a]("),
		"links that end":             fill("[a](b)"),
		"brackets before links":      half("[", "[a](b)"),
		"addresses":                  fill("[a](<"),
		"titles":                     fill(`[a](b "`),
		"titles of two kinds":        half(`[a](b "`, `[a](b '`),
		"parentheses":                half("[a](", "()"),
		"images":                     fill("![a](b)"),
		"marks of two kinds":         half("_a ", "b* "),
		"marks on both sides":        fill("a**b"),
		"marks in threes":            fill("a***b*"),
		"marks of all kinds":         fill("*a **b _c ~~d ==e "),
		"styles that change":         fill("**a***b*~~c~~==d=="),
		"entities at the edges":      fill("*&#32;*&#97;"),
		"one run":                    fill("*"),
		"ampersands":                 fill("&"),
		"backslashes":                fill(`\`),
		"hashes":                     fill("#"),
		"blank lines":                fill("\n"),
		"spaces":                     fill(" "),
		"a bold text of many lines":  "**a" + fill("\na") + "**",
		"a link of many lines":       "[a" + half("\na", "\nb") + "](" + fill("x") + ")",
		"a link of many line breaks": "[a" + fill("&#10;a") + "](" + fill("x") + ")",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			once := markdown.Parse(source)
			if twice := markdown.Parse(once.Markdown); twice != once {
				t.Error("it reads again as something else")
			}
			if plain := markdown.Plain(source); markdown.Parse(plain.Markdown) != plain {
				t.Error("as plaintext it reads again as something else")
			}
		})
	}
}
