package attribute

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEachTypeIsDeclaredOnce(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "type.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var constants []Type
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if name, isType := specType(spec); ok && isType && name == "Type" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			constants = append(constants, Type(text))
		}
		return true
	})
	if diff := cmp.Diff(constants, Types()); diff != "" {
		t.Errorf("declarations differ from the constants (-constants +declared):\n%s", diff)
	}
}

func specType(spec *ast.ValueSpec) (string, bool) {
	if spec == nil {
		return "", false
	}
	name, ok := spec.Type.(*ast.Ident)
	if !ok {
		return "", false
	}
	return name.Name, true
}

func TestAnUnknownTypeReadsNothingAndCanNothing(t *testing.T) {
	t.Parallel()
	if _, err := Parse(nil, &Definition{Type: "colour"}, "red"); err == nil {
		t.Error("a value of an unknown type was read")
	}
	if CanBeUnique("colour") || CanBeMultiselect("colour") || CanLabel("colour") {
		t.Error("an unknown type can do something")
	}
}
