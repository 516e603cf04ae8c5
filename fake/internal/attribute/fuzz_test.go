package attribute

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// FuzzParse writes any JSON to an attribute of any type. It must be refused with an error of the API, or be read as
// JSON that, written back, means the same.
func FuzzParse(f *testing.F) {
	for i, texts := range [][]string{
		{`"a"`, `{"value":"a"}`},
		{`1.23456`, `{"value":-0}`, `1e400`},
		{`true`, `"false"`},
		{`"4.99"`, `{"currency_value":5}`, `123456789012345.67`},
		{`"2023"`, `"2023-01-02T23:00:00-10:00"`},
		{`"2023-01-02T13:00"`, `{"value":"9999-12-31T23:59:59.999999999Z"}`},
		{`5`, `{"value":4.5}`},
		{`"Lead"`, `{"status":"eeeeeeee-0000-4000-8000-000000000001"}`},
		{`"Silver"`, `{"option":"Tin"}`},
		{`{"target_object":"people","target_record_id":"bbbbbbbb-0000-4000-8000-000000000001"}`, `{"target_object":"companies","domains":["navy.example.com"]}`},
		{`"ada@example.com"`, `{"referenced_actor_type":"system","referenced_actor_id":null}`},
		{`"1 Infinite Loop, Cupertino, CA, 95014, US"`, `{"line_1":null,"line_2":null,"line_3":null,"line_4":null,"locality":"x","region":null,"postcode":null,"country_code":"FR","latitude":"1.5","longitude":null}`},
		{`"https://App.Attio.com/x"`, `{"domain":"example.co.uk"}`},
		{`"Ada@Example.com"`, `{"email_address":"a@b.c"}`},
		{`"+12125551234"`, `{"original_phone_number":"07234172834","country_code":"GB"}`},
		{anInteraction},
		{`"Hopper, Grace"`, `{"first_name":"a","last_name":"b","full_name":"c"}`},
	} {
		for _, text := range texts {
			f.Add(i, text)
		}
	}
	f.Fuzz(func(t *testing.T, kind int, text string) {
		types := Types()
		if kind < 0 || kind >= len(types) {
			t.Skip()
		}
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		var written any
		if dec.Decode(&written) != nil {
			t.Skip()
		}
		d := fuzzed(types[kind])
		if _, err := ParseAll(smallWorld{}, d, written); err != nil {
			mustBeAnswer(t, err)
		}
		v, err := ParseSeed(smallWorld{}, d, written)
		if err != nil {
			mustBeAnswer(t, err)
			return
		}
		fields := string(v.AppendFields(nil, owner{d}))
		again, err := ParseSeed(smallWorld{}, d, writable(t, fields))
		if err != nil {
			t.Fatalf("%s %s reads as %s, which is refused: %v", d.Type, text, fields, err)
		}
		if again.Key() != v.Key() || again.Compare(v, d) != 0 {
			t.Fatalf("%s %s reads as %s, which means another value: %#v instead of %#v", d.Type, text, fields, again, v)
		}
	})
}

// fuzzed is an attribute with options and statuses.
func fuzzed(kind Type) *Definition {
	d := attributeOf(kind, "fuzzed")
	d.Options, d.Statuses, d.Currency = tiers().Options, stages().Statuses, Currency{Code: "USD"}
	return d
}

func mustBeAnswer(t *testing.T, err error) {
	t.Helper()
	if _, ok := errors.AsType[*attio.Error](err); !ok {
		t.Fatalf("not an answer of the API: %v", err)
	}
}

// writable makes the write form of a value from its read form, without fields that can only be read.
func writable(t *testing.T, fields string) any {
	t.Helper()
	members, _ := decode(t, "{"+fields+"}").(map[string]any)
	delete(members, "currency_code")
	for _, key := range []string{"option", "status"} {
		if choice, ok := members[key].(map[string]any); ok {
			members[key] = choice["id"].(map[string]any)[key+"_id"]
		}
	}
	return members
}
