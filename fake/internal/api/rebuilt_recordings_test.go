package api_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
)

// rebuilt is a scenario of the workspace in which records or entries were recorded: their attributes in the recorded
// order, their ids, and the author and time of each value.
type rebuilt struct {
	users, members, tokens J
	objects, lists         J
}

func newRebuilt() *rebuilt {
	return &rebuilt{users: J{"owner": J{"email": "owner@example.com"}}, members: J{"owner": "admin"}, tokens: J{"full": J{"scopes": "all"}}, objects: J{}, lists: J{}}
}

func (r *rebuilt) scenario(t *testing.T) fake.Option {
	t.Helper()
	return fake.YAML(string(encoded(t, J{"version": 1, "users": r.users, "workspaces": J{"acme": J{
		"members": r.members, "tokens": r.tokens, "objects": r.objects, "lists": r.lists,
	}}})))
}

// recordedThing is a record or an entry.
type recordedThing struct {
	ID struct {
		Record string `json:"record_id"`
		Entry  string `json:"entry_id"`
	}
	Parent       string          `json:"parent_record_id"`
	ParentObject string          `json:"parent_object"`
	CreatedAt    string          `json:"created_at"`
	Values       json.RawMessage `json:"values"`
	EntryValues  json.RawMessage `json:"entry_values"`
}

// things are the records or entries of an answer.
func things(t *testing.T, recording contract.Recording) []recordedThing {
	t.Helper()
	var one struct{ Data recordedThing }
	var all struct{ Data []recordedThing }
	if json.Unmarshal(recording.Answer.Body, &one) == nil {
		return []recordedThing{one.Data}
	}
	decode(t, string(recording.Answer.Body), &all)
	return all.Data
}

// add adds recorded things to an object or a list of the scenario.
func (r *rebuilt) add(t *testing.T, slug string, of J, made []standard.Attribute, all []recordedThing) {
	t.Helper()
	attributes, records := J{}, J{}
	for _, thing := range all {
		record := J{"created_at": thing.CreatedAt, "id": thing.ID.Record}
		key := thing.ID.Record
		written := thing.Values
		if thing.Parent != "" {
			record["id"], record["record"], key, written = thing.ID.Entry, thing.Parent, thing.ID.Entry, thing.EntryValues
			r.object(thing.ParentObject)["records"].(J)[thing.Parent] = J{"id": thing.Parent}
		}
		history := J{}
		for place, attributeSlug := range keysOf(t, written) {
			var values map[string][]J
			decode(t, string(written), &values)
			d := r.attribute(attributes, made, attributeSlug, place+1)
			if attributeSlug == "created_by" {
				record["created_by"] = r.author(values[attributeSlug][0]["created_by_actor"])
			}
			var held []J
			for _, value := range values[attributeSlug] {
				held = append(held, J{"value": r.written(d, slug, attributeSlug, value), "from": value["active_from"], "by": r.author(value["created_by_actor"])})
				if target, ok := value["target_record_id"].(string); ok {
					r.refer(slug, key, attributeSlug, value["target_object"].(string), target, held[len(held)-1])
				}
			}
			switch attributeSlug {
			case "record_id", "entry_id", "created_at", "created_by":
			default:
				if held != nil {
					history[attributeSlug] = held
				}
			}
			if len(held) > 1 && d["type"] != nil {
				d["is_multiselect"] = true
			}
		}
		record["history"] = history
		records[key] = record
	}
	of["attributes"] = attributes
	if of["parent_object"] != nil {
		of["entries"] = records
		return
	}
	for key, record := range records {
		of["records"].(J)[key] = record
	}
}

// attribute returns the scenario's definition of an attribute, with at least its position.
func (r *rebuilt) attribute(attributes J, made []standard.Attribute, slug string, position int) J {
	if d, ok := attributes[slug].(J); ok {
		return d
	}
	d := J{"position": position}
	if !slices.ContainsFunc(made, func(a standard.Attribute) bool { return a.Slug == slug }) {
		d["type"] = "text" // unless a value shows another type
	}
	switch slug {
	case "associated_deals", "associated_users", "associated_workspaces":
		r.object(strings.TrimPrefix(slug, "associated_"))
	}
	attributes[slug] = d
	return d
}

// object returns an object of the scenario, enabled.
func (r *rebuilt) object(slug string) J {
	if _, ok := r.objects[slug]; !ok {
		r.objects[slug] = J{"enabled": true, "records": J{}}
	}
	return r.objects[slug].(J)
}

// written returns the write form of a value, and adds what the attribute needs for it.
func (r *rebuilt) written(d J, object, slug string, value J) any {
	kind := value["attribute_type"].(string)
	if d["type"] != nil {
		d["type"] = kind
	}
	pick := func(keys ...string) J {
		long := J{}
		for _, key := range keys {
			long[key] = value[key]
		}
		return long
	}
	switch attribute.Type(kind) {
	case attribute.TypeSelect, attribute.TypeStatus:
		section, field := "options", "option"
		if kind == "status" {
			section, field = "statuses", "status"
		}
		choice := value[field].(map[string]any)
		said := J{"title": choice["title"], "is_archived": choice["is_archived"], "id": choice["id"].(map[string]any)[field+"_id"]}
		if kind == "status" {
			said["celebration_enabled"], said["target_time_in_status"] = choice["celebration_enabled"], choice["target_time_in_status"]
		}
		all, _ := d[section].([]J)
		if !slices.ContainsFunc(all, func(other J) bool { return other["id"] == said["id"] }) {
			d[section] = append(all, said)
		}
		return choice["title"]
	case attribute.TypeCurrency:
		d["config"] = J{"currency": J{"default_currency_code": value["currency_code"]}}
		return value["currency_value"]
	case attribute.TypeDomain:
		return value["domain"]
	case attribute.TypeEmailAddress:
		return value["original_email_address"]
	case attribute.TypePhoneNumber:
		return pick("original_phone_number", "country_code")
	case attribute.TypeRecordReference:
		return J{"record": fmt.Sprintf("%s/%s", value["target_object"], value["target_record_id"])}
	case attribute.TypeActorReference:
		r.author(map[string]any{"type": value["referenced_actor_type"], "id": value["referenced_actor_id"]})
		return pick("referenced_actor_type", "referenced_actor_id")
	case attribute.TypeInteraction:
		r.author(value["owner_actor"])
		return pick("interaction_type", "interacted_at", "owner_actor")
	case attribute.TypePersonalName:
		return pick("first_name", "last_name", "full_name")
	case attribute.TypeLocation:
		return pick("line_1", "line_2", "line_3", "line_4", "locality", "region", "postcode", "country_code", "latitude", "longitude")
	}
	return value["value"]
}

// refer adds the record that a reference points to, with the reference's other side.
func (r *rebuilt) refer(of, from, slug, object, target string, held J) {
	records := r.object(object)["records"].(J)
	stub, ok := records[target].(J)
	if !ok {
		stub = J{"id": target, "history": J{}}
		records[target] = stub
	}
	back := map[string]string{"companies/team": "company", "people/company": "team", "companies/associated_deals": "associated_company",
		"deals/associated_company": "associated_deals", "deals/associated_people": "associated_deals", "people/associated_deals": "associated_people"}[of+"/"+slug]
	if back == "" {
		return
	}
	history := stub["history"].(J)
	values, _ := history[back].([]J)
	history[back] = append(values, J{"value": J{"record": of + "/" + from}, "from": held["from"], "by": held["by"]})
	if object == "deals" {
		stub["name"], stub["stage"], stub["owner"] = "A deal", "Lead", "owner@example.com"
	}
}

// author returns an actor as a scenario writes it, and adds the member or token.
func (r *rebuilt) author(actor any) any {
	of := actor.(map[string]any)
	id, _ := of["id"].(string)
	switch of["type"] {
	case "workspace-member":
		r.users[id] = J{"email": id + "@example.com"}
		r.members[id] = J{"access_level": "member", "id": id}
		return id
	case "api-token":
		r.tokens[id] = J{"scopes": "all", "id": id}
		return J{"token": id}
	}
	return "system"
}

// keysOf returns the keys of a JSON object in order.
func keysOf(t *testing.T, object json.RawMessage) (keys []string) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(object)))
	depth := 0
	for {
		token, err := dec.Token()
		if err != nil {
			return keys
		}
		switch token := token.(type) {
		case json.Delim:
			if token == '{' || token == '[' {
				depth++
			} else {
				depth--
			}
			if depth == 1 && (token == '}' || token == ']') || depth > 1 {
				continue
			}
		case string:
			if depth == 1 {
				keys = append(keys, token)
			}
		}
	}
}

// everythingButIds lists what must be equal in two records, except the ids of the workspace, its objects and their
// attributes.
var everythingButIds = contract.Exact("record_id", "entry_id", "parent_record_id", "parent_object", "created_at", "active_from", "active_until",
	"created_by_actor", "attribute_type", "value", "title", "is_archived", "celebration_enabled", "target_time_in_status", "option_id", "status_id",
	"target_object", "target_record_id", "referenced_actor_type", "referenced_actor_id", "currency_code", "currency_value", "domain", "root_domain",
	"email_address", "original_email_address", "email_domain", "email_root_domain", "email_local_specifier", "phone_number", "original_phone_number", "country_code",
	"first_name", "last_name", "full_name", "interaction_type", "interacted_at", "owner_actor",
	"line_1", "line_2", "line_3", "line_4", "locality", "region", "postcode", "latitude", "longitude")

func TestRebuiltRecordsReadAsRecorded(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ recording, object string }{
		{"dome__companies_query", "companies"},
		{"kessdoc__company_get_0", "companies"},
		{"kessdoc__company_get_1", "companies"},
		{"kessdoc__company_get_2", "companies"},
		{"kessdoc__company_get_3", "companies"},
		{"kessdoc__person_get_0", "people"},
		{"arcade__deals_by_stage", "deals"},
		{"arcade__sort_and_limit", "deals"},
		{"arcade__companies_name_search", "companies"},
		{"arcade__list_all_companies", "companies"},
	} {
		t.Run(tc.recording, func(t *testing.T) {
			t.Parallel()
			recording := contract.FindRecording(t, tc.recording)
			i := slices.IndexFunc(standard.Objects(), func(o standard.Object) bool { return o.Slug == tc.object })
			r := newRebuilt()
			r.add(t, tc.object, r.object(tc.object), standard.Objects()[i].Attributes, things(t, recording))
			compareRebuilt(t, r, recording)
		})
	}
}

func TestRebuiltEntriesReadAsRecorded(t *testing.T) {
	t.Parallel()
	recording := contract.FindRecording(t, "dome__entries_query")
	all := things(t, recording)
	r := newRebuilt()
	list := J{"parent_object": all[0].ParentObject, "id": strings.Split(recording.Path, "/")[3]}
	r.lists["sales"] = list
	r.add(t, "sales", list, standard.List(), all)
	compareRebuilt(t, r, recording)
}

// older are differences from recordings of 2024 and 2025 that the recordings of 2026 do not have: the values that Attio
// itself writes have times up to 0.3 s after the creation of the record, and in November 2024 a record had no web_url.
var older = regexp.MustCompile(`values\.(created_at|record_id)$|values\.created_by\[0\]\.active_from$|\.web_url$`)

func compareRebuilt(t *testing.T, r *rebuilt, recording contract.Recording) {
	t.Helper()
	c := newClient(t, r.scenario(t))
	got := contract.Do(t, c.http, c.server.URL, c.token, recording)
	for _, difference := range contract.Compare(recording, got, everythingButIds, contract.StrictNull()) {
		if !recording.Sorted && older.MatchString(difference.Path) {
			continue
		}
		t.Error(difference)
	}
}
