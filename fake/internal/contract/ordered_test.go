package contract

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseKeepsTheOrderOfKeys(t *testing.T) {
	t.Parallel()
	got, err := parse([]byte(` {"b":[1,true,null],"a":{"z":"é","y":-1.50}} `))
	if err != nil {
		t.Fatal(err)
	}
	want := &node{kind: kindObject, keys: []string{"b", "a"}, items: []*node{
		{kind: kindArray, items: []*node{{kind: kindNumber, text: "1"}, {kind: kindBool, text: "true"}, {kind: kindNull}}},
		{kind: kindObject, keys: []string{"z", "y"}, items: []*node{{kind: kindString, text: "é"}, {kind: kindNumber, text: "-1.50"}}},
	}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(node{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{``, ` `, `{`, `{"a":1,}`, `[1 2]`, `{} {}`, `nul`, `{"a":1,"a":1}`, `[{"a":{},"b":1,"a":2}]`} {
		if n, err := parse([]byte(text)); err == nil {
			t.Errorf("parse(%q) = %+v, want an error", text, n)
		}
	}
}

// FuzzParse checks that what parses is JSON, and that JSON fails to parse only for a duplicate key.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"b",null,true,{"c":{}}]}`, `"\ud800"`, `[[[]]]`, `{"":0,"":0}`, `1e999`, `{} 1`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		_, err := parse(text)
		valid := json.Valid(text)
		if err == nil && !valid {
			t.Errorf("%q parses and is not JSON", text)
		}
		if err != nil && valid && !strings.Contains(err.Error(), "stands twice") {
			t.Errorf("%q is JSON and does not parse: %v", text, err)
		}
	})
}
