package attribute

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestStringsAreEscapedAsJavaScriptDoes(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"":                           `""`,
		"a\"b\\c/d":                  `"a\"b\\c/d"`,
		"\b\f\n\r\t\x00\x1f\x7f":     `"\b\f\n\r\t\u0000\u001f` + "\x7f\"",
		"<script>&'\u2028\u2029":     "\"<script>&'\u2028\u2029\"",
		"Île-de-France 🎉 \U0010ffff": "\"Île-de-France 🎉 \U0010ffff\"",
		"a\xffb\xc3":                 "\"a\uFFFDb\uFFFD\"",
	} {
		if diff := cmp.Diff(want, string(AppendString(nil, written))); diff != "" {
			t.Errorf("%q is written otherwise (-want +got):\n%s", written, diff)
		}
	}
}

func TestStringsReadBackAsTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.String().Draw(t, "string")
		var got string
		if err := json.Unmarshal(AppendString(nil, want), &got); err != nil {
			t.Fatal(err)
		}
		if want = strings.ToValidUTF8(want, "\uFFFD"); got != want {
			t.Fatalf("read back as %q", got)
		}
	})
}

func TestNumbersReadBackAsTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64).Draw(t, "number")
		var got float64
		if err := json.Unmarshal(appendNumber(nil, want), &got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Fatalf("read back as %v", got)
		}
	})
}
