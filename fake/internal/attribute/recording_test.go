package attribute

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// recordedValue is a value that the real API answered.
type recordedValue struct {
	Type        Type       `json:"attribute_type"`
	ActiveFrom  time.Time  `json:"active_from"`
	ActiveUntil *time.Time `json:"active_until"`
	Actor       struct {
		Type attio.ActorType
		ID   attio.ID
	} `json:"created_by_actor"`
	Target string `json:"target_object"`
	Option choice
	Status choice

	members map[string]any
	json    string
}

// choice is a recorded option or status.
type choice struct {
	ID struct {
		Workspace attio.ID `json:"workspace_id"`
		Object    attio.ID `json:"object_id"`
		Attribute attio.ID `json:"attribute_id"`
		Option    attio.ID `json:"option_id"`
		Status    attio.ID `json:"status_id"`
	}
	Title       string
	Archived    bool    `json:"is_archived"`
	TargetTime  *string `json:"target_time_in_status"`
	Celebration bool    `json:"celebration_enabled"`
}

// TestRecordedValuesReadAsTheyWereRecorded writes the source of each recorded value and compares everything that is
// read, byte for byte.
func TestRecordedValuesReadAsTheyWereRecorded(t *testing.T) {
	t.Parallel()
	seen := map[Type]int{}
	for name, values := range recordedValues(t) {
		for _, value := range values {
			seen[value.Type]++
			world, d := value.world()
			v, err := ParseSeed(world, d, value.written())
			if err != nil {
				t.Errorf("%s: %s: %v", name, value.json, err)
				continue
			}
			got := AppendValue(nil, v, world, value.ActiveFrom, value.ActiveUntil, attio.Actor(value.Actor))
			if strings.HasPrefix(name, "arcade__") { // the keys were sorted after the recording
				value.json, got = sortedKeys(t, value.json), []byte(sortedKeys(t, string(got)))
			}
			if diff := cmp.Diff(value.json, string(got)); diff != "" {
				t.Errorf("%s: a value of type %s reads otherwise (-recorded +got):\n%s", name, value.Type, diff)
			}
		}
	}
	for _, kind := range Types() {
		switch kind {
		case TypeCheckbox, TypeRating: // there is no recording of one
		default:
			if seen[kind] == 0 {
				t.Errorf("no recorded value of type %s was found", kind)
			}
		}
	}
}

// written is the write form of a recorded value.
func (v recordedValue) written() any {
	pick := func(keys ...string) any {
		long := map[string]any{}
		for _, key := range keys {
			long[key] = v.members[key]
		}
		return long
	}
	switch v.Type {
	case TypeSelect:
		return string(v.Option.ID.Option)
	case TypeStatus:
		return string(v.Status.ID.Status)
	case TypeCurrency:
		return v.members["currency_value"]
	case TypeDomain:
		return v.members["domain"]
	case TypeEmailAddress:
		return v.members["original_email_address"]
	case TypePhoneNumber:
		return pick("original_phone_number", "country_code")
	case TypeRecordReference:
		return pick("target_object", "target_record_id")
	case TypeActorReference:
		return pick("referenced_actor_type", "referenced_actor_id")
	case TypePersonalName:
		return pick("first_name", "last_name", "full_name")
	case TypeInteraction:
		return pick("interaction_type", "interacted_at", "owner_actor")
	case TypeLocation:
		return pick("line_1", "line_2", "line_3", "line_4", "locality", "region", "postcode", "country_code", "latitude", "longitude")
	}
	return v.members["value"]
}

// world returns a workspace with the things that the value refers to, and the attribute.
func (v recordedValue) world() (recordedWorld, *Definition) {
	d := attributeOf(v.Type, "recorded")
	w := recordedWorld{owner: owner{d}, target: v.Target}
	code, _ := v.members["currency_code"].(string)
	d.Currency.Code = code
	d.Enriched = v.Type == TypeNumber && v.Actor.Type == attio.ActorSystem
	switch v.Type {
	case TypeSelect:
		w.ids, d.ID = v.Option, v.Option.ID.Attribute
		d.Options = []Option{{ID: v.Option.ID.Option, Title: v.Option.Title, Archived: v.Option.Archived}}
	case TypeStatus:
		w.ids, d.ID = v.Status, v.Status.ID.Attribute
		d.Statuses = []Status{{ID: v.Status.ID.Status, Title: v.Status.Title, Archived: v.Status.Archived,
			TargetTime: v.Status.TargetTime, Celebration: v.Status.Celebration}}
	}
	return w, d
}

// recordedWorld has all records and members that recorded values refer to.
type recordedWorld struct {
	smallWorld
	owner
	ids    choice
	target string
}

func (w recordedWorld) WorkspaceID() attio.ID             { return w.ids.ID.Workspace }
func (w recordedWorld) ParentID() attio.ID                { return w.ids.ID.Object }
func (w recordedWorld) ObjectSlug(attio.ID) string        { return w.target }
func (recordedWorld) FindObject(string) (attio.ID, error) { return objectID, nil }
func (recordedWorld) HasRecord(object, _ attio.ID) bool   { return object == objectID }
func (recordedWorld) HasMember(attio.ID) bool             { return true }

// recordedValues returns the values of every recording, by file name.
func recordedValues(t *testing.T) map[string][]recordedValue {
	t.Helper()
	all := map[string][]recordedValue{}
	for _, file := range contract.RecordingFiles(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = findValues(t, text)
	}
	return all
}

// findValues returns the objects with an "attribute_type" at any depth of a JSON text.
func findValues(t *testing.T, text json.RawMessage) []recordedValue {
	t.Helper()
	var found []recordedValue
	switch text = bytes.TrimSpace(text); text[0] {
	case '[':
		var items []json.RawMessage
		if err := json.Unmarshal(text, &items); err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			found = append(found, findValues(t, item)...)
		}
	case '{':
		var members map[string]json.RawMessage
		if err := json.Unmarshal(text, &members); err != nil {
			t.Fatal(err)
		}
		// Two recordings were shortened by hand, and have values without their times.
		if members["attribute_type"] != nil && members["active_from"] != nil {
			return append(found, readRecorded(t, text))
		}
		for _, member := range members {
			found = append(found, findValues(t, member)...)
		}
	}
	return found
}

func readRecorded(t *testing.T, text json.RawMessage) recordedValue {
	t.Helper()
	value := recordedValue{}
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	value.members, _ = decode(t, string(text)).(map[string]any)
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		t.Fatal(err)
	}
	value.json = escapes.ReplaceAllStringFunc(compact.String(), func(escaped string) string {
		var plain string
		if err := json.Unmarshal([]byte(`"`+escaped+`"`), &plain); err != nil {
			t.Fatal(err)
		}
		return plain
	})
	return value
}

func sortedKeys(t *testing.T, text string) string {
	t.Helper()
	sorted, err := json.Marshal(decode(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return string(sorted)
}

// escapes are those of letters beyond ASCII, which the storage of the recordings introduced.
var escapes = regexp.MustCompile(`(\\u[0-9a-f]{4})+`)
