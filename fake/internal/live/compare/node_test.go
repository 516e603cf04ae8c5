package compare_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

func TestParseKeepsTheOrderOfKeys(t *testing.T) {
	t.Parallel()
	got, err := compare.Parse([]byte(` {"b":[1,true,null],"a":{"z":"é","y":-1.50}} `))
	if err != nil {
		t.Fatal(err)
	}
	want := &compare.Node{Kind: compare.Object, Keys: []string{"b", "a"}, Items: []*compare.Node{
		{Kind: compare.Array, Items: []*compare.Node{{Kind: compare.Number, Text: "1"}, {Kind: compare.Bool, Text: "true"}, {Kind: compare.Null}}},
		{Kind: compare.Object, Keys: []string{"z", "y"}, Items: []*compare.Node{{Kind: compare.String, Text: "é"}, {Kind: compare.Number, Text: "-1.50"}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{``, ` `, `{`, `{"a":1,}`, `[1 2]`, `{} {}`, `nul`, `{"a":1,"a":1}`, `[{"a":{},"b":1,"a":2}]`} {
		if n, err := compare.Parse([]byte(text)); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", text, n)
		}
	}
}

// FuzzParse checks that what parses is JSON, and that JSON fails to parse only for a duplicate key.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"b",null,true,{"c":{}}]}`, `"\ud800"`, `[[[]]]`, `{"":0,"":0}`, `1e999`, `{} 1`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		_, err := compare.Parse(text)
		valid := json.Valid(text)
		if err == nil && !valid {
			t.Errorf("%q parses and is not JSON", text)
		}
		if err != nil && valid && !strings.Contains(err.Error(), "stands twice") {
			t.Errorf("%q is JSON and does not parse: %v", text, err)
		}
	})
}

func TestAValueIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{"b":[1,true,null,{}],"a":{"z":"é<&>\"\n","y":-1.50}}`, `[]`, `""`, `null`} {
		n, err := compare.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(n.JSON()); got != text {
			t.Errorf("want %s, got %s", text, got)
		}
	}
}
