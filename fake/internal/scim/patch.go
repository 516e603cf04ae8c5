package scim

import (
	"slices"
	"strings"

	filter "github.com/scim2/filter-parser/v2"
)

// operation is one operation of a PATCH.
type operation struct {
	op    string // add, replace or remove
	path  string // "" for none
	value any    // nil for none
}

var patchOps = []string{"add", "replace", "remove"}

// operations returns the operations of a PATCH, in their order.
func (r *Request) operations() ([]operation, error) {
	body, err := r.object(patchSchema)
	if err != nil {
		return nil, err
	}
	sent, ok := body["Operations"].([]any)
	if !ok || len(sent) == 0 {
		return nil, invalidValue("The attribute Operations has to be an array of at least one operation.")
	}
	operations := make([]operation, len(sent))
	for i, one := range sent {
		if operations[i], err = readOperation(one); err != nil {
			return nil, err
		}
	}
	return operations, nil
}

func readOperation(sent any) (operation, error) {
	fields, ok := sent.(map[string]any)
	if !ok {
		return operation{}, invalidSyntax("An operation has to be a JSON object.")
	}
	name, _ := fields["op"].(string)
	o := operation{op: strings.ToLower(name), value: fields["value"]} // Entra ID writes Add, Replace and Remove
	if !slices.Contains(patchOps, o.op) {
		return operation{}, invalidSyntax("The op of an operation has to be add, replace or remove, not %q.", name)
	}
	if path, sent := fields["path"]; sent && path != nil {
		if o.path, ok = path.(string); !ok || o.path == "" {
			return operation{}, invalidPath("The path of an operation has to be the name of an attribute.")
		}
	}
	if o.op == "remove" && o.path == "" {
		return operation{}, noTarget("The operation remove needs a path.")
	}
	return o, nil
}

// target returns the name of the attribute that the path names, and its condition in brackets, if it has one.
func (o operation) target(schema string) (name string, in filter.Expression, err error) {
	parsed, err := filter.ParsePath([]byte(o.path))
	if err != nil || parsed.SubAttribute != nil {
		return "", nil, invalidPath("The path %q does not name an attribute that can be written.", o.path)
	}
	return nameOf(parsed.AttributePath, schema), parsed.ValueExpression, nil
}

// keyed returns the attributes that an operation without a path writes.
func (o operation) keyed() (map[string]any, error) {
	values, ok := o.value.(map[string]any)
	if !ok {
		return nil, invalidValue("The value of an operation without a path has to be a JSON object of attributes.")
	}
	return values, nil
}
