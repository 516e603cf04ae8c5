package shape_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

func decode(t *testing.T, raw string) any {
	t.Helper()
	value, err := shape.Decode([]byte(raw))
	if err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return value
}

func TestDecodeReadsEveryKindOfValue(t *testing.T) {
	t.Parallel()
	got := shape.Plain(decode(t, ` { "a" : [ null , true,false, -1.50e+3 , "x\u0041\n\ud83d\ude00" ] , "" : { } , "b":[]} `))
	want := map[string]any{
		"a": []any{nil, true, false, json.Number("-1.50e+3"), "xA\n😀"},
		"":  map[string]any{},
		"b": []any{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDecodeKeepsTheOrderOfMembers(t *testing.T) {
	t.Parallel()
	for _, size := range []int{3, 40} {
		t.Run(fmt.Sprintf("%d members", size), func(t *testing.T) {
			t.Parallel()
			var raw strings.Builder
			var want []string
			raw.WriteString(`{"first": 1`)
			want = append(want, "first 3")
			for i := range size {
				fmt.Fprintf(&raw, `, "k%02d": %d`, size-i, i)
				want = append(want, fmt.Sprintf("k%02d %d", size-i, i))
			}
			raw.WriteString(`, "first": 2, "first": 3}`)
			members := decode(t, raw.String()).(*shape.Members)
			var got []string
			for key, value := range members.All() {
				got = append(got, fmt.Sprint(key, " ", value))
				if found, ok := members.Get(key); !ok || found != value {
					t.Errorf("Get(%q) = %v, %t", key, found, ok)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if members.Len() != size+1 || len(members.Keys()) != size+1 {
				t.Errorf("%d members, %d keys", members.Len(), len(members.Keys()))
			}
			if value, ok := members.Get("none"); ok {
				t.Errorf("Get of a missing key: %v", value)
			}
			for range members.All() {
				break // going through them may end early
			}
		})
	}
}

func TestNilMembersAreEmpty(t *testing.T) {
	t.Parallel()
	var members *shape.Members
	if _, ok := members.Get("a"); ok || members.Len() != 0 || members.Keys() != nil {
		t.Error("not empty")
	}
	for key := range members.All() {
		t.Errorf("has %q", key)
	}
}

func TestMembersAreReadFromObjectsOnly(t *testing.T) {
	t.Parallel()
	for raw, ok := range map[string]bool{`{"a": 1}`: true, `null`: true, `[]`: false, `1`: false, `{`: false} {
		var members shape.Members
		if err := json.Unmarshal([]byte(raw), &members); (err == nil) != ok {
			t.Errorf("%s: %v", raw, err)
		}
	}
}

func TestDecodeRefusesWhatIsNestedTooDeep(t *testing.T) {
	t.Parallel()
	nested := func(depth int) []byte {
		return []byte(strings.Repeat(`[{"a":`, depth/2) + "1" + strings.Repeat("}]", depth/2))
	}
	if _, err := shape.Decode(nested(512)); err != nil {
		t.Error(err)
	}
	for _, depth := range []int{514, 5_000_000} {
		if _, err := shape.Decode(nested(depth)); err == nil {
			t.Errorf("takes %d levels", depth)
		}
	}
	if err := body(createRecord, string(nested(514)))(); err == nil {
		t.Error("a body of 514 levels is taken")
	}
}

func TestDecodeIsQuickWithManyMembers(t *testing.T) {
	t.Parallel()
	var raw bytes.Buffer
	raw.WriteByte('{')
	for i := range 50_000 {
		fmt.Fprintf(&raw, `"%d":0,`, i)
	}
	raw.WriteString(`"end":0}`)
	if got := decode(t, raw.String()).(*shape.Members).Len(); got != 50_001 {
		t.Errorf("%d members", got)
	}
}

// FuzzDecode holds Decode to encoding/json: both take the same texts for JSON, up to the depth that
// Decode allows, and read the same from them.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `{"a":[1,2.5e-3,{"b":"\u00e9\ud800"}],"a":true}`, `[`, `{"a"}`, `"\x"`, "\"\xff\"", `01`, `-`, ` [ ] `, `{} {}`, "\ufeff{}", `1,`, `[1,]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.UseNumber()
		var want any
		wantErr := dec.Decode(&want)
		got, err := shape.Decode(raw)
		if err == nil != json.Valid(raw) {
			if err == nil || !strings.Contains(err.Error(), "levels") {
				t.Fatalf("error %v", err)
			}
			return
		}
		_, _ = shape.Body[any](createWebhook, raw)
		if err != nil {
			return
		}
		if wantErr != nil {
			t.Fatalf("encoding/json: %v", wantErr)
		}
		if diff := cmp.Diff(want, shape.Plain(got)); diff != "" {
			t.Fatalf("(-encoding/json +Decode):\n%s", diff)
		}
	})
}
