package attribute

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestTextReadsAsItWasWritten(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeText, "description"), []reads{
		{"a string", `"Lorem ipsum"`, `"value":"Lorem ipsum"`},
		{"an object", `{"value": "Lorem ipsum"}`, `"value":"Lorem ipsum"`},
		{"an empty string", `""`, `"value":""`},
		{"what JavaScript escapes", `"a\"b\\c\b\f\n\r\t\u0001\u001f"`, `"value":"a\"b\\c\b\f\n\r\t\u0001\u001f"`},
		{"what JavaScript does not escape", `"<a href='x'>&\u2028\u007f É 🎉"`, "\"value\":\"<a href='x'>&\u2028\u007f É 🎉\""},
		{"spaces around it", `"  x "`, `"value":"  x "`},
	})
}

func TestTextRefusesWhatIsNoText(t *testing.T) {
	t.Parallel()
	testRefused(t, attributeOf(TypeText, "description"), []refused{
		{"null", `null`, invalidValue("description", expected("value", "string", "null"))},
		{"null in an object", `{"value": null}`, invalidValue("description", expected("value", "string", "null"))},
		{"a number", `5`, invalidValue("description", expected("value", "string", "number"))},
		{"an array", `["x"]`, invalidValue("description", expected("value", "string", "array"))},
		{"no key", `{}`, invalidValue("description", required("value", "string"))},
		{"other keys", `{"text": "x", "active_from": null}`,
			invalidValue("description", required("value", "string"), unrecognized("'active_from', 'text'"))},
	})
}

func TestTextOfMoreThanTenMegabytesIsRefused(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeText, "description")
	_, err := Parse(smallWorld{}, d, strings.Repeat("x", 10<<20+1))
	want := invalidValue("description", attio.Issue{Code: "too_big", Path: []any{"value"}, Message: "String must contain at most 10485760 character(s)"})
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Errorf("wrong answer (-want +got):\n%s", diff)
	}
	if _, err := Parse(smallWorld{}, d, strings.Repeat("x", 10<<20)); err != nil {
		t.Errorf("ten megabytes: %v", err)
	}
}

func TestTextSortsWithoutRegardToCase(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeText, "name")
	testOrder(t, d, `""`, `"Acme"`, `"acme"`, `"Beta"`, `"gamma"`)
	testDifferent(t, d, `"Acme"`, `"acme"`, `"Acme "`)
}
