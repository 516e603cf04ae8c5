package scim

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var ada = user{ID: "6b2d63c0-0000-4000-8000-000000000001", UserName: "Ada@example.com", Name: name{"Ada", `"Countess" Lovelace`}, Active: true}

func TestFilters(t *testing.T) {
	t.Parallel()
	for filter, want := range map[string]bool{
		`userName eq "Ada@example.com"`:                                            true,
		`userName eq "ada@EXAMPLE.com"`:                                            true, // RFC 7643: not caseExact
		`USERNAME Eq "ada@example.com"`:                                            true,
		`urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada@example.com"`: true,
		`userName eq "bob@example.com"`:                                            false,
		`userName ne "bob@example.com"`:                                            true,
		`userName co "@EXAMPLE"`:                                                   true,
		`userName sw "ada"`:                                                        true,
		`userName sw "da"`:                                                         false,
		`userName ew ".com"`:                                                       true,
		`emails.value eq "ada@example.com"`:                                        true,
		`name.givenName eq "ada"`:                                                  true,
		`name.familyName eq "\"Countess\" Lovelace"`:                               true, // escapes are those of JSON
		`name.familyName co "\u0022\u0043ountess"`:                                 true,
		`name.familyName co "\u006covelace"`:                                       true, // which the parser would not take
		`id eq "6b2d63c0-0000-4000-8000-000000000001"`:                             true,
		`id eq "6B2D63C0-0000-4000-8000-000000000001"`:                             false, // RFC 7643: caseExact
		`active eq true`:                                                           true,
		`active eq "True"`:                                                         true,
		`active ne true`:                                                           false,
		`active eq false or userName sw "ada"`:                                     true,
		`active eq false and userName sw "ada"`:                                    false,
		`not (active eq false)`:                                                    true,
		`not(active eq true) or (id ew "2" or id ew "1") and name.givenName eq ""`: false,
	} {
		t.Run(filter, func(t *testing.T) {
			t.Parallel()
			selects, err := parseFilter(filter, userSchema, userFields)
			if err != nil {
				t.Fatal(err)
			}
			if selects(ada) != want {
				t.Errorf("selects the user: %v", !want)
			}
		})
	}
}

func TestFiltersThatAreRefused(t *testing.T) {
	t.Parallel()
	for filter, want := range map[string]string{
		`userName`:                                `The filter "userName" is not valid`,
		`userName eq`:                             `The filter "userName eq" is not valid`,
		`userName = 1`:                            `The filter "userName = 1" is not valid`,
		`userName eq "a" nor active eq true`:      `is not valid`,
		`(active eq true`:                         `is not valid`,
		`userName pr`:                             `Filters cannot use the operator "pr"; use eq, ne, co, sw or ew.`,
		`userName gt "a"`:                         `Filters cannot use the operator "gt"; use eq, ne, co, sw or ew.`,
		`userName eq 5`:                           `The attribute "userName" is compared with a string in double quotes.`,
		`userName eq null`:                        `The attribute "userName" is compared with a string in double quotes.`,
		`userName eq "\q"`:                        `is not valid`,
		`active eq "yes"`:                         `The attribute "active" is compared with true or false.`,
		`active co true`:                          `The operator "co" does not work on the attribute "active"; use eq or ne.`,
		`externalId eq "a"`:                       `Filters cannot use the attribute "externalId"; use userName, emails.value, id, name.givenName, name.familyName, active.`,
		`emails eq "ada@example.com"`:             `Filters cannot use the attribute "emails"`,
		`emails[type eq "work"]`:                  `Filters cannot select by conditions in brackets; use userName`,
		`emails[type eq "work"].value eq "a@b.c"`: `is not valid`, // which RFC 7644 does not have either
		`urn:ietf:params:scim:schemas:core:2.0:Group:userName eq "a"`:             `Filters cannot use the attribute "urn:ietf:params:scim:schemas:core:2.0:Group:userName"`,
		`userName eq "a" and active eq 5`:                                         `The attribute "active" is compared`,
		`active eq 5 or userName eq "a"`:                                          `The attribute "active" is compared`,
		`not (active eq 5)`:                                                       `The attribute "active" is compared`,
		strings.Repeat("(", 1100) + `userName eq "a"` + strings.Repeat(")", 1100): `The filter has more than`,
		`userName eq "a"` + strings.Repeat(` or userName eq "a"`, maxFilter/19+1): `The filter has more than`,
		"userName eq \"\x00\"":                                                    `is not valid`,
	} {
		t.Run(filter[:min(len(filter), 60)], func(t *testing.T) {
			t.Parallel()
			_, err := parseFilter(filter, userSchema, userFields)
			var refusal *Error
			if !errors.As(err, &refusal) || refusal.Status != http.StatusBadRequest || refusal.Type != "invalidFilter" || !strings.Contains(refusal.Detail, want) {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
}

// Whatever texts are compared, eq finds its own text, and ne is the opposite of eq.
func TestFiltersCompareAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, other := rapid.String().Draw(t, "text"), rapid.String().Draw(t, "other")
		of := user{UserName: text}
		for operator, with := range map[string]string{"eq": text, "co": text, "sw": text, "ew": text} {
			selects, err := parseFilter("userName "+operator+" "+quoted(with), userSchema, userFields)
			if err != nil || !selects(of) {
				t.Fatalf("%s: %v", operator, err)
			}
		}
		equal, err := parseFilter("userName eq "+quoted(other), userSchema, userFields)
		if err != nil {
			t.Fatal(err)
		}
		unequal, err := parseFilter("userName ne "+quoted(other), userSchema, userFields)
		if err != nil || equal(of) == unequal(of) {
			t.Fatalf("eq and ne agree: %v", err)
		}
	})
}

// quoted writes a string of a filter as clients do.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string always encodes
	return string(encoded)
}

func FuzzFilter(f *testing.F) {
	for _, seed := range []string{`userName eq "a"`, `not (active eq true) and (id sw "a" or name.givenName co "\u00e9")`, `emails[type eq "work" and not (value pr)]`, `((((((((((`, `a[b[c eq 1]]`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		selects, err := parseFilter(text, userSchema, userFields)
		if err == nil {
			selects(ada)
			return
		}
		var refusal *Error
		if !errors.As(err, &refusal) || refusal.Type != "invalidFilter" || refusal.Detail == "" {
			t.Errorf("%q: %v", text, err)
		}
		if utf8.ValidString(text) && !utf8.ValidString(refusal.Detail) {
			t.Errorf("%q: the sentence %q is not UTF-8", text, refusal.Detail)
		}
	})
}
