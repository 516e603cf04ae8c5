package markup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func TestAValueIsEscapedForItsPlace(t *testing.T) {
	t.Parallel()
	const hostile = `"'><b>&` + "\x00"
	for name, row := range map[string]struct {
		markup markup.Text
		values []any
		want   string
	}{
		"nothing to put":                  {"<br>", nil, "<br>"},
		"a text":                          {"<p>{}</p>", []any{hostile}, "<p>&#34;&#39;&gt;&lt;b&gt;&amp;\uFFFD</p>"},
		"a number":                        {"<p>{}</p>", []any{-17}, "<p>-17</p>"},
		"markup":                          {"<p>{}</p>", []any{markup.Text("<b>x</b>")}, "<p><b>x</b></p>"},
		"an attribute":                    {`<p title="{}"></p>`, []any{hostile}, "<p title=\"&#34;&#39;&gt;&lt;b&gt;&amp;\uFFFD\"></p>"},
		"an attribute in apostrophes":     {`<p title='{}'></p>`, []any{hostile}, "<p title='&#34;&#39;&gt;&lt;b&gt;&amp;\uFFFD'></p>"},
		"markup in an attribute":          {`<p title="{}"></p>`, []any{markup.Text(`"`)}, `<p title="&#34;"></p>`},
		"a tag in an attribute is a text": {`<p title="<a href={}">x</p>`, []any{"y"}, `<p title="<a href=y">x</p>`},
		"several":                         {"<p>{} {}{}</p>", []any{"a", 2, "{}"}, "<p>a 2{}</p>"},
		"an attribute that may be absent": {"<p{}{}></p>", []any{markup.Attr("title", ""), markup.Attr("id", `"`)}, `<p id="&#34;"></p>`},
		"a flag":                          {"<input{}{}>", []any{markup.When(true, " checked"), markup.When(false, " disabled")}, "<input checked>"},
		"an address":                      {`<a href="{}">x</a>`, []any{"/a?b=c&d=%20 é"}, `<a href="/a?b=c&amp;d=%20%20%c3%a9">x</a>`},
		"an address elsewhere":            {`<a href="{}">x</a>`, []any{"HTTPS://example.com/100%"}, `<a href="HTTPS://example.com/100%25">x</a>`},
		"an address that runs":            {`<a href="{}">x</a>`, []any{"JavaScript:alert(1)"}, `<a href="#">x</a>`},
		"an address with data":            {`<img src="{}">`, []any{"data:text/html,x"}, `<img src="#">`},
		"a form to an address that runs":  {`<form action="{}"></form>`, []any{"javascript:alert(1)"}, `<form action="#"></form>`},
		"a colon later in an address":     {`<a href="{}">x</a>`, []any{"/a:b"}, `<a href="/a:b">x</a>`},
		"the end of an address":           {`<a href="/{}">x</a>`, []any{"javascript:x"}, `<a href="/javascript:x">x</a>`},
		"a parameter of an address":       {`<a href="/a?b={}">x</a>`, []any{"c&d=e f"}, `<a href="/a?b=c%26d%3De+f">x</a>`},
		"an absent address that runs":     {`<a{}>x</a>`, []any{markup.Attr("href", "javascript:x")}, `<a href="#">x</a>`},
		"attributes":                      {`<a{}>x</a>`, []any{markup.Attributes(` id="{}" href="{}"`, `"`, "javascript:x")}, `<a id="&#34;" href="#">x</a>`},
		"after a style":                   {"<style>a>b{c:d}</style><p>{}</p>", []any{"<"}, "<style>a>b{c:d}</style><p>&lt;</p>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(row.want, string(markup.Format(row.markup, row.values...))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMarkupThatCannotBeFilledInPanics(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		markup markup.Text
		values []any
		want   string
	}{
		"too few values":                    {"<p>{}</p>", nil, "there are more places than values in <p>{}</p>"},
		"too many values":                   {"<p></p>", []any{"x"}, "there are fewer places than values in <p></p>"},
		"a tag without an end":              {"<p", nil, "this ends elsewhere than it begins: <p"},
		"an attribute without an end":       {`<p title="`, nil, `this ends elsewhere than it begins: <p title="`},
		"a text between attributes":         {"<p {}></p>", []any{"onclick"}, "value 1 cannot stand in its place in <p {}></p>"},
		"a value without quotation marks":   {"<p title={}></p>", []any{markup.Text("x")}, "value 1 cannot stand in its place in <p title={}></p>"},
		"a text in a script":                {"<script>{}</script>", []any{"x"}, "value 1 cannot stand in its place in <script>{}</script>"},
		"markup in a style":                 {"<style>{}</style>", []any{markup.Text("x")}, "value 1 cannot stand in its place in <style>{}</style>"},
		"a value that runs":                 {`<p onclick="{}"></p>`, []any{"x"}, `value 1 cannot stand in its place in <p onclick="{}"></p>`},
		"a value that styles":               {`<p style="{}"></p>`, []any{"x"}, `value 1 cannot stand in its place in <p style="{}"></p>`},
		"text after a tag":                  {"<p>{}<", []any{"x"}, "this ends elsewhere than it begins: <p>{}<"},
		"a value of a kind that is unknown": {`<p>{} {}</p>`, []any{"x", 1.5}, `value 2 cannot stand in its place in <p>{} {}</p>`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if diff := cmp.Diff(any(row.want), recover()); diff != "" {
					t.Error(diff)
				}
			}()
			new(markup.Writer).Put(row.markup, row.values...)
		})
	}
}

func TestAnAttributeCannotRunAnything(t *testing.T) {
	t.Parallel()
	defer func() {
		if diff := cmp.Diff(any(`value 1 cannot stand in its place in  onclick="{}"`), recover()); diff != "" {
			t.Error(diff)
		}
	}()
	markup.Attr("onclick", "x")
}

func TestAnyTextReadsBackAsItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.NewReplacer("\x00", "", "\r", "").Replace(rapid.String().Draw(t, "text"))
		page := markup.Format(`<p title="{}">{}</p>`, text, text)
		document, err := html.Parse(strings.NewReader(string(page)))
		if err != nil {
			t.Fatal(err)
		}
		p := document.FirstChild.LastChild.FirstChild // html, body
		got := []string{p.Data, p.Attr[0].Val, ""}
		if p.FirstChild != nil {
			got[2] = p.FirstChild.Data
		}
		if diff := cmp.Diff([]string{"p", text, text}, got); diff != "" || len(p.Attr) > 1 || p.NextSibling != nil {
			t.Errorf("%s\n%s", page, diff)
		}
	})
}

func TestPuttingNeedsNoMemoryOfItsOwn(t *testing.T) {
	var w markup.Writer
	for range 1000 {
		w.Put(`<p title="{}">{}</p>`, "a", 1)
	}
	if got := testing.AllocsPerRun(100, func() { w.Put(`<p title="{}"{}>{}</p>`, t.Name(), markup.When(true, " hidden"), 17) }); got > 0 {
		t.Errorf("%v allocations", got)
	}
}
