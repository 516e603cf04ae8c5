package attio

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func TestPathIDIsAStableUUIDv5(t *testing.T) {
	t.Parallel()
	// Tests of users hold these ids; they must never change.
	for path, want := range map[string]ID{
		"acme":             "629bba41-f4ef-5184-9bbc-cc2dc8299ff4",
		"acme/members/ada": "6f2c47d6-37fb-5405-a5b5-899437572950",
	} {
		if got := PathID(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
		if v := uuid.MustParse(string(PathID(path))).Version(); v != 5 {
			t.Errorf("%s: version %d", path, v)
		}
	}
}

func TestADerivedTokenHasTheLengthOfAttiosKeysAndDiffersByWorkspaceAndName(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, token := range []string{DerivedToken("acme", "full"), DerivedToken("acme", "reader"), DerivedToken("globex", "full")} {
		if len(token) != TokenLength || strings.Trim(token, "0123456789abcdef") != "" || seen[token] {
			t.Errorf("got %q", token)
		}
		seen[token] = true
	}
}

func TestParseIDTakesUUIDsOfEveryVersionAndCase(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]ID{
		"50cf242c-7fa3-4cad-87d0-75b1af71c57b":  "50cf242c-7fa3-4cad-87d0-75b1af71c57b",
		"50CF242C-7FA3-4CAD-87D0-75B1AF71C57B":  "50cf242c-7fa3-4cad-87d0-75b1af71c57b",
		"00000000-0000-0000-0000-000000000000":  "00000000-0000-0000-0000-000000000000",
		"50cf242c7fa34cad87d075b1af71c57b":      "",
		"{50cf242c-7fa3-4cad-87d0-75b1af71c57b": "",
		"50cf242c-7fa3-4cad-87d0-75b1af71c57g":  "",
		"50cf242c-7fa3-4cad-87d0_75b1af71c57b":  "",
		"non-existent-id":                       "",
		"":                                      "",
	} {
		if got, ok := ParseID(in); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v", in, got, ok)
		}
	}
}

func TestParseIDReadsEveryUUIDAndNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := uuid.UUID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "bytes")).String()
		if got, ok := ParseID(strings.ToUpper(id)); !ok || string(got) != id {
			t.Errorf("got %q, %v", got, ok)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9a-fA-F]{8}[-_]?-[0-9a-g]{4}-[0-9a-f]{3,4}-[0-9a-f]{4}-[0-9a-f]{12}`).Draw(t, "string")
		_, ok := ParseID(s)
		if _, err := uuid.Parse(s); ok != (err == nil && len(s) == 36) {
			t.Errorf("%q: got %v, google/uuid says %v", s, ok, err)
		}
	})
}
