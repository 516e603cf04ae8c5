package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// treeOf reads JSON or YAML.
func treeOf(name string, content []byte) (*compare.Node, error) {
	text := bytes.TrimSpace(bytes.TrimPrefix(content, []byte("\ufeff")))
	if len(text) == 0 {
		return nil, fmt.Errorf("%s is empty", name)
	}
	if bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("[")) {
		root, err := compare.Parse(text)
		var syntax *json.SyntaxError
		switch {
		case errors.As(err, &syntax):
			return nil, fmt.Errorf("%s is not valid JSON: something is wrong in line %d", name, 1+bytes.Count(text[:syntax.Offset-1], []byte("\n")))
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return root, nil
	}
	var problems yamltree.Problems
	root := yamltree.Parse(&yamltree.File{Name: name}, untagged(text), &problems)
	if root == nil {
		return nil, problems.Err()
	}
	return fromYAML(root), nil
}

// binary is added to a key whose value is in base64.
const binary = " (binary)"

var (
	binaryTag = lazy.New(`(?m)^([ ]*(?:- )?[\w.-]+):[ ]+!{1,2}binary[ ]`)
	otherTags = lazy.New(`(?m)^([ ]*(?:- )?[\w.-]+:[ ]+|[ ]*- )!(?:ruby/|!python/|!str)[^ \n]*[ ]?`)
)

// untagged replaces the tags that the libraries of Ruby and Python write.
func untagged(text []byte) string {
	text = binaryTag.Get().ReplaceAll(text, []byte("$1"+binary+": "))
	return string(otherTags.Get().ReplaceAll(text, []byte("$1")))
}

var kinds = lazy.Of[map[yamltree.Kind]compare.Type]{Make: func() map[yamltree.Kind]compare.Type {
	return map[yamltree.Kind]compare.Type{
		yamltree.KindNull: compare.Null, yamltree.KindBool: compare.Bool, yamltree.KindNumber: compare.Number, yamltree.KindString: compare.String,
		yamltree.KindSequence: compare.Array, yamltree.KindMapping: compare.Object,
	}
}}

func fromYAML(n *yamltree.Node) *compare.Node {
	to := &compare.Node{Kind: kinds.Get()[n.Kind], Text: n.Text}
	for _, item := range n.Items {
		to.Items = append(to.Items, fromYAML(item))
	}
	for _, f := range n.Fields {
		to.Keys, to.Items = append(to.Keys, f.Name), append(to.Items, fromYAML(f.Value))
	}
	return to
}

// at returns what stands at a path of keys, or a null.
func at(n *compare.Node, path ...string) *compare.Node {
	for _, key := range path {
		if n = n.Field(key); n == nil {
			return &compare.Node{Kind: compare.Null}
		}
	}
	return n
}

// status reads a number such as 200, or the beginning of "200 OK"; 0 if it is none.
func status(n *compare.Node) (code int) {
	_, _ = fmt.Sscan(n.Text, &code)
	return code
}

// headers reads headers in any of the forms in which they are kept: a mapping to texts or to lists of them, a list of mappings with
// name and value, or a list of names and values in turn.
func headers(n *compare.Node) http.Header {
	h := http.Header{}
	add := func(name string, values *compare.Node) {
		if strings.HasPrefix(name, ":") { // of HTTP/2
			return
		}
		if values.Kind != compare.Array {
			values = &compare.Node{Items: []*compare.Node{values}}
		}
		for _, v := range values.Items {
			h.Add(name, v.Text)
		}
	}
	switch {
	case n.Kind == compare.Object:
		for i, name := range n.Keys {
			add(name, n.Items[i])
		}
	case n.Kind == compare.Array && len(n.Items) > 0 && n.Items[0].Kind == compare.Object:
		for _, pair := range n.Items {
			add(at(pair, "name").Text, at(pair, "value"))
		}
	case n.Kind == compare.Array:
		for i := 0; i+1 < len(n.Items); i += 2 {
			add(n.Items[i].Text, n.Items[i+1])
		}
	}
	return h
}

// bodyOf reads a body that is a text, one in base64, or what the library has decoded as JSON. It is nil for null.
func bodyOf(n *compare.Node, key string) ([]byte, error) {
	if coded := n.Field(key + binary); coded != nil {
		return fromBase64(coded.Text)
	}
	switch body := at(n, key); body.Kind {
	case compare.Null:
		return nil, nil
	case compare.String:
		return []byte(body.Text), nil
	default:
		return body.JSON(), nil
	}
}
