package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

// trusted lists the expressions, beside constants, that are markup because they are escaped.
var trusted = []string{"markdown.HTML"}

// TestAllMarkupOfPagesCanBeFilledIn finds markup that would make a page panic, and text that would get into a page as it is,
// in pages that no other test shows, too.
func TestAllMarkupOfPagesCanBeFilledIn(t *testing.T) {
	t.Parallel()
	for _, room := range []string{"console", "oauth"} {
		files, err := filepath.Glob(filepath.Join(room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		checked := 0
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found, wrong := wrongMarkup(t, file, string(source))
			checked += found
			for _, one := range wrong {
				t.Error(one)
			}
		}
		if checked == 0 {
			t.Errorf("package %s has no markup", room)
		}
	}
}

// wrongMarkup returns how many pieces of markup a file has that take values, and what is wrong with them.
func wrongMarkup(t *testing.T, name, source string) (found int, wrong []string) {
	t.Helper()
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, name, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		function, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		says := ""
		switch text, constant := literal(call.Args[0]); {
		case function.Sel.Name == "Text" && !isLiteral(call.Args[0]) && !slices.Contains(trusted, callOf(call.Args[0])):
			says = "what is not a constant becomes markup without being escaped"
		case slices.Contains([]string{"Put", "Format", "Attributes"}, function.Sel.Name) && constant:
			found++
			says = fills(function.Sel.Name, text, len(call.Args)-1)
		}
		if says != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %s", files.Position(call.Pos()), says))
		}
		return true
	})
	return found, wrong
}

// literal returns a constant string, in which constants that have a name are left out.
func literal(e ast.Expr) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		left, isLeft := literal(e.X)
		right, isRight := literal(e.Y)
		return left + right, isLeft || isRight
	}
	return "", false
}

func isLiteral(e ast.Expr) bool {
	_, ok := e.(*ast.BasicLit)
	return ok
}

// callOf returns the name of the function that an expression calls: package.Function.
func callOf(e ast.Expr) string {
	if call, ok := e.(*ast.CallExpr); ok {
		if function, ok := call.Fun.(*ast.SelectorExpr); ok {
			return fmt.Sprint(function.X, ".", function.Sel)
		}
	}
	return ""
}

// fills returns why markup cannot be filled in with so many values, "" if it can.
func fills(function, text string, count int) (says string) {
	defer func() {
		if why := recover(); why != nil {
			says = fmt.Sprint(why)
		}
	}()
	values := make([]any, count)
	for i := range values {
		values[i] = markup.Text("") // which can stand in all places in which anything can
	}
	if function == "Attributes" {
		markup.Attributes(markup.Text(text), values...)
	} else {
		markup.Format(markup.Text(text), values...)
	}
	return ""
}

func TestWrongMarkupIsFound(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][]string{
		"w.Put(`<p title=\"{}\">{}</p>`, a, b)":                 {},
		"w.Put(`<p title=\"{}\">{}</p>`, a)":                    {"page.go:3:12: there are more places than values in <p title=\"{}\">{}</p>"},
		"w.Put(`<p`)":                                           {"page.go:3:12: this ends elsewhere than it begins: <p"},
		"w.Put(`<style>` + style + `</style>`)":                 {},
		"_ = markup.Format(`<p onclick=\"{}\">`, a)":            {"page.go:3:16: value 1 cannot stand in its place in <p onclick=\"{}\">"},
		"_ = markup.Attributes(` id=\"{}\"`, a)":                {},
		"_ = markup.Attributes(`<p>`, a)":                       {"page.go:3:16: there are fewer places than values in <p>"},
		"_ = markup.Text(`<p>`)":                                {},
		"_ = markup.Text(sent)":                                 {"page.go:3:16: what is not a constant becomes markup without being escaped"},
		"_ = markup.Text(markdown.HTML(note))":                  {},
		"_ = markup.Text(fmt.Sprintf(`<p>%s</p>`, sent))":       {"page.go:3:16: what is not a constant becomes markup without being escaped"},
		"w.Put(content, markup.Text(`<p>`+sent), fmt.Sprint())": {"page.go:3:27: what is not a constant becomes markup without being escaped"},
	} {
		_, got := wrongMarkup(t, "page.go", "package page\n\nfunc _() { "+source+" }")
		if diff := cmp.Diff(want, append([]string{}, got...)); diff != "" {
			t.Errorf("%s\n%s", source, diff)
		}
	}
}
