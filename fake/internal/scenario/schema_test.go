package scenario

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

const schemaFile = "../../../scenarios/scenario.schema.json"

func TestTheSchemaFileIsUpToDate(t *testing.T) {
	t.Parallel()
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(schemaFile, Schema(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(Schema()), string(got)); diff != "" {
		t.Errorf("run go test with -update (-types +file)\n%s", diff)
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	content, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("scenario.schema.json", content); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("scenario.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestTheSchemaAndTheLoaderAgree(t *testing.T) {
	t.Parallel()
	compiled := compileSchema(t)
	const (
		right       = ""
		wrong       = "both refuse it"
		onlyAsWhole = "the schema sees one place at a time, and this needs a look at another"
		mayBeBelow  = "the schema sees one file, and what is missing may stand in one that it extends"
		onlyAsText  = "the schema sees a number's value, and this is about how it is written"
	)
	user := "version: 1\nusers: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}\n"
	in := func(workspace string) string { return user + "workspaces: {acme: {" + workspace + "}}\n" }
	for _, c := range []struct{ name, text, verdict string }{
		{"the least", "version: 1\n", right},
		{"everything", "version: 1\nextends: [blank]\nseed: 7\nclock: 2026-01-15T09:00:00.5+01:00\nusers: {ada: {email: a@b, first_name: A, last_name: B, avatar_url: x}}\n" +
			"workspaces: {a-1: {name: A, logo_url: x, members: {ada: {access_level: admin, created_at: 2025-01-01T00:00:00Z}, admin: suspended}, tokens: {t: {scopes: all, token: x, kind: app, authorized_by: ada}}}}\n", right},
		{"nothing where null takes away", "version: 1\nseed:\nclock: null\nusers: {ada: {email: a@b, avatar_url: ~}}\nworkspaces: {acme: {logo_url: null}}\n", right},
		{"no scopes", in("tokens: {t: {scopes: []}}"), right},

		{"no version", "users: {}\n", wrong},
		{"another version", "version: 2\n", wrong},
		{"a version in quotes", "version: '1'\n", wrong},
		{"a version with a point", "version: 1.0\n", onlyAsText},
		{"an unknown key", "version: 1\nusers2: {}\n", wrong},
		{"an unknown key of a user", "version: 1\nusers: {ada: {email: a@b, age: 36}}\n", wrong},
		{"an unknown key of a workspace", in("colours: {}"), wrong},
		{"the objects", in("plan: pro, effects: {link_companies: true}, generate: {people: 2, companies: 0}, members: {ada: admin}, objects: {deals: {enabled: true, attributes: {value: {config: {currency: {default_currency_code: EUR}}}}}, " +
			"ships: {singular_noun: Ship, plural_noun: Ships, created_at: 2025-01-01T00:00:00Z, attributes: {a: text, " +
			"b: {type: select, title: B, description: x, options: [x, {title: y, is_archived: true}], is_multiselect: true, is_required: false, is_archived: true}, " +
			"c: {type: status, statuses: [x, {title: y, celebration_enabled: true, target_time_in_status: P1DT2.5H, is_archived: false}], default_value: x}, " +
			"d: {type: currency, config: {currency: {default_currency_code: EUR, display_type: narrowSymbol}}, is_unique: true}, " +
			"e: {type: record-reference, config: {record_reference: {allowed_objects: [people]}}, relationship: {object: people, api_slug: e, title: E, is_multiselect: true}}}, " +
			"records: {one: {created_at: 2025-01-01T00:00:00Z, created_by: ada, a: x, b: [], e: {record: people/generated-000001}}, two: {created_by: {token: t}}, three: {created_by: system}}}}, tokens: {t: {scopes: all}}"), right},
		{"an unknown plan", in("plan: gold"), wrong},
		{"an unknown effect", in("effects: {none: true}"), wrong},
		{"a word for an effect", in("effects: {link_companies: yes please}"), wrong},
		{"a negative number of records", in("generate: {people: -1}"), wrong},
		{"half a record", in("generate: {people: 1.5}"), wrong},
		{"too many records", in("generate: {people: 1000001}"), wrong},
		{"records of no object", in("generate: {ships: 1}"), onlyAsWhole},
		{"an object with a slash", in("objects: {a/b: {singular_noun: A, plural_noun: B}}"), wrong},
		{"a custom object without nouns", in("objects: {ships: {}}"), onlyAsWhole},
		{"an empty noun", in("objects: {ships: {singular_noun: '', plural_noun: Ships}}"), wrong},
		{"an unknown key of an object", in("objects: {people: {x: 1}}"), wrong},
		{"people that are off", in("objects: {people: {enabled: false}}"), onlyAsWhole},
		{"an unknown type", in("objects: {people: {attributes: {a: txt}}}"), wrong},
		{"an unknown type in a mapping", in("objects: {people: {attributes: {a: {type: interaction}}}}"), wrong},
		{"an attribute without a type", in("objects: {people: {attributes: {a: {title: A}}}}"), onlyAsWhole},
		{"an attribute with a space", in("objects: {people: {attributes: {'a b': text}}}"), wrong},
		{"an unknown key of an attribute", in("objects: {people: {attributes: {a: {type: text, x: 1}}}}"), wrong},
		{"a word for a flag", in("objects: {people: {attributes: {a: {type: text, is_required: 'true'}}}}"), wrong},
		{"an option without a title", in("objects: {people: {attributes: {a: {type: select, options: [{is_archived: true}]}}}}"), mayBeBelow},
		{"an option that is a number", in("objects: {people: {attributes: {a: {type: select, options: [1]}}}}"), wrong},
		{"an unknown key of an option", in("objects: {people: {attributes: {a: {type: select, options: [{title: x, archived: true}]}}}}"), wrong},
		{"a time in status that is none", in("objects: {people: {attributes: {a: {type: status, statuses: [{title: x, target_time_in_status: P1X}]}}}}"), wrong},
		{"an unknown currency", in("objects: {people: {attributes: {a: {type: currency, config: {currency: {default_currency_code: XXX}}}}}}"), wrong},
		{"an unknown display type", in("objects: {people: {attributes: {a: {type: currency, config: {currency: {default_currency_code: EUR, display_type: x}}}}}}"), wrong},
		{"unknown settings", in("objects: {people: {attributes: {a: {type: text, config: {text: {}}}}}}"), wrong},
		{"a word for allowed objects", in("objects: {people: {attributes: {a: {type: record-reference, config: {record_reference: {allowed_objects: people}}}}}}"), wrong},
		{"views", in("members: {ada: admin}, objects: {people: {attributes: {step: {type: status, statuses: [Lead]}}, views: {all: {}, board: {title: Board, type: kanban, filter: {or: [{attribute: step, op: eq, value: Lead}, {attribute: name, op: not_empty}]}, " +
			"sorts: [{attribute: [company, {object: companies, attribute: name}], direction: asc}, {attribute: name, field: last_name, direction: desc}], attributes: [{attribute: name}, {attribute: [step]}], " +
			"kanban: {status_attribute: step, show_no_status_column: true, aggregation: {attribute: twitter_follower_count, type: sum}}, is_archived: true, created_at: 2025-01-01T00:00:00Z}, none: {filter: null, kanban: null, created_at: null}}}}"), right},
		{"a view with a slash", in("objects: {people: {views: {a/b: {}}}}"), wrong},
		{"a view that is a list", in("objects: {people: {views: {a: []}}}"), wrong},
		{"an unknown key of a view", in("objects: {people: {views: {a: {colour: red}}}}"), wrong},
		{"an unknown type of view", in("objects: {people: {views: {a: {type: grid}}}}"), wrong},
		{"a board without settings", in("objects: {people: {views: {a: {type: kanban}}}}"), onlyAsWhole},
		{"a table with the settings of a board", in("objects: {people: {attributes: {s: status}, views: {a: {kanban: {status_attribute: s}}}}}"), onlyAsWhole},
		{"a filter that is a word", in("objects: {people: {views: {a: {filter: all}}}}"), wrong},
		{"a filter of another grammar", in("objects: {people: {views: {a: {filter: {name: Ada}}}}}"), onlyAsWhole},
		{"a sort without a direction", in("objects: {people: {views: {a: {sorts: [{attribute: name}]}}}}"), mayBeBelow},
		{"an unknown direction", in("objects: {people: {views: {a: {sorts: [{attribute: name, direction: up}]}}}}"), wrong},
		{"an unknown key of a sort", in("objects: {people: {views: {a: {sorts: [{attribute: name, direction: asc, x: 1}]}}}}"), wrong},
		{"a path that is a number", in("objects: {people: {views: {a: {attributes: [{attribute: 1}]}}}}"), wrong},
		{"a path of slugs", in("objects: {people: {views: {a: {attributes: [{attribute: [company, name]}]}}}}"), wrong},
		{"an empty path", in("objects: {people: {views: {a: {attributes: [{attribute: []}]}}}}"), wrong},
		{"a path without an object", in("objects: {people: {views: {a: {attributes: [{attribute: [company, {attribute: name}]}]}}}}"), wrong},
		{"an unknown aggregation", in("objects: {people: {attributes: {s: status}, views: {a: {type: kanban, kanban: {status_attribute: s, aggregation: {attribute: s, type: mean}}}}}}"), wrong},
		{"a view of an unknown attribute", in("objects: {people: {views: {a: {attributes: [{attribute: nmae}]}}}}"), onlyAsWhole},
		{"lists", in("members: {ada: admin, bob: member}, objects: {people: {records: {a: {}}}}, lists: {l: {name: L, parent_object: people, workspace_access: null, member_access: {ada: full-access, bob: read-only}, created_at: null, created_by: bob, " +
			"attributes: {s: {type: status, statuses: [Lead]}}, views: {v: {attributes: [{attribute: s}]}}, entries: {e: {record: a, s: Lead, created_at: 2025-01-01T00:00:00Z, created_by: system}, f: {record: people/a}}}, m: {parent_object: people, workspace_access: full-access}}"), right},
		{"a list without a parent object", in("lists: {l: {}}"), mayBeBelow},
		{"an unknown key of a list", in("lists: {l: {parent_object: people, slug: l}}"), wrong},
		{"a list of an unknown object", in("lists: {l: {parent_object: persons}}"), onlyAsWhole},
		{"an unknown list access", in("lists: {l: {parent_object: people, workspace_access: full}}"), wrong},
		{"an unknown access of a member", in("members: {ada: admin}, lists: {l: {parent_object: people, member_access: {ada: admin}}}"), wrong},
		{"no access of a member", in("members: {ada: admin}, lists: {l: {parent_object: people, member_access: {ada: null}}}"), wrong},
		{"a list that nobody may change", in("lists: {l: {parent_object: people, workspace_access: read-only}}"), onlyAsWhole},
		{"a list with a slash", in("lists: {a/b: {parent_object: people}}"), wrong},
		{"an entry that is a list", in("lists: {l: {parent_object: people, entries: {e: []}}}"), wrong},
		{"an entry without a record", in("lists: {l: {parent_object: people, entries: {e: {}}}}"), mayBeBelow},
		{"an entry of a number", in("lists: {l: {parent_object: people, entries: {e: {record: 1}}}}"), wrong},
		{"an entry of an unknown record", in("lists: {l: {parent_object: people, entries: {e: {record: eve}}}}"), onlyAsWhole},
		{"a record that is a list", in("objects: {people: {records: {a: []}}}"), wrong},
		{"a record with a slash", in("objects: {people: {records: {a/b: {}}}}"), wrong},
		{"a record from a day that is not", in("objects: {people: {records: {a: {created_at: 2025-02-30T00:00:00Z}}}}"), wrong},
		{"a record made by a list", in("objects: {people: {records: {a: {created_by: [ada]}}}}"), wrong},
		{"a record made by something else", in("objects: {people: {records: {a: {created_by: {robot: x}}}}}"), wrong},
		{"a record made by nobody known", in("objects: {people: {records: {a: {created_by: eve}}}}"), onlyAsWhole},
		{"changes", in("members: {ada: admin}, objects: {people: {records: {a: {created_at: 2025-01-01T00:00:00Z, changes: [{at: 2025-01-02T00:00:00Z, by: ada, job_title: x}, {at: 2025-01-02T00:00:00Z, by: system}]}}}}, " +
			"lists: {l: {parent_object: people, entries: {e: {record: a, changes: []}}}}"), right},
		{"a change without a moment", in("objects: {people: {records: {a: {changes: [{job_title: x}]}}}}"), wrong},
		{"a change before its record", in("objects: {people: {records: {a: {changes: [{at: 1999-01-01T00:00:00Z}]}}}}"), onlyAsWhole},
		{"a value that the API refuses", in("objects: {people: {records: {a: {job_title: 7}}}}"), onlyAsWhole},
		{"an unknown key of a member", in("members: {ada: {access_level: admin, x: 1}}"), wrong},
		{"an unknown key of a token", in("tokens: {t: {scopes: all, x: 1}}"), wrong},
		{"a list as the whole", "- version: 1\n", wrong},
		{"a word for extends", "version: 1\nextends: blank\n", wrong},
		{"an unknown built-in", "version: 1\nextends: [blnk]\n", wrong},
		{"an absent file", "version: 1\nextends: [x.yaml]\n", onlyAsWhole},
		{"a broken seed", "version: 1\nseed: 1.5\n", wrong},
		{"a seed with a point", "version: 1\nseed: 1.0\n", onlyAsText},
		{"a seed of more than 64 bits", "version: 1\nseed: 9223372036854775808\n", wrong},
		{"the largest seed", "version: 1\nseed: 9223372036854775807\n", right},
		{"a clock without a zone", "version: 1\nclock: 2026-01-15T09:00:00\n", wrong},
		{"a clock that is a date", "version: 1\nclock: 2026-01-15\n", wrong},
		{"a clock before 1970", "version: 1\nclock: 1969-12-31T23:59:59Z\n", wrong},
		{"a clock on a day that is not", "version: 1\nclock: 2026-02-30T00:00:00Z\n", wrong},
		{"a clock that is a number", "version: 1\nclock: 2026\n", wrong},
		{"nothing for users", "version: 1\nusers:\n", wrong},
		{"nothing for a user", "version: 1\nusers: {ada: }\n", wrong},
		{"a user without an address", "version: 1\nusers: {ada: {}}\n", mayBeBelow},
		{"an address without an at sign", "version: 1\nusers: {ada: {email: ada}}\n", wrong},
		{"a number for a name", "version: 1\nusers: {ada: {email: a@b, first_name: 7}}\n", wrong},
		{"nothing for a name", "version: 1\nusers: {ada: {email: a@b, first_name: }}\n", wrong},
		{"a user with a slash", "version: 1\nusers: {a/b: {email: a@b}}\n", wrong},
		{"a user without a name", "version: 1\nusers: {'': {email: a@b}}\n", wrong},
		{"two users with one address", "version: 1\nusers: {a: {email: a@b}, b: {email: A@b}}\n", onlyAsWhole},
		{"a slug with a capital", "version: 1\nworkspaces: {Acme: {}}\n", wrong},
		{"a slug with a hyphen first", "version: 1\nworkspaces: {-acme: {}}\n", wrong},
		{"an unknown member", in("members: {eve: admin}"), onlyAsWhole},
		{"an unknown access level", in("members: {ada: owner}"), wrong},
		{"an unknown access level in a mapping", in("members: {ada: {access_level: owner}}"), wrong},
		{"a member without an access level", in("members: {ada: {created_at: 2025-01-01T00:00:00Z}}"), mayBeBelow},
		{"a list of members", in("members: [ada]"), wrong},
		{"a token without scopes", in("tokens: {t: {}}"), mayBeBelow},
		{"a token that is only all", in("tokens: {t: all}"), wrong},
		{"a word for scopes", in("tokens: {t: {scopes: note:read}}"), wrong},
		{"an unknown scope", in("tokens: {t: {scopes: [note:write]}}"), wrong},
		{"all in a list", in("tokens: {t: {scopes: [all]}}"), wrong},
		{"an empty token", in("tokens: {t: {scopes: all, token: ''}}"), wrong},
		{"a token with a space", in("tokens: {t: {scopes: all, token: 'a b'}}"), wrong},
		{"an unknown kind", in("tokens: {t: {scopes: all, kind: oauth}}"), wrong},
		{"an unknown author", in("tokens: {t: {scopes: all, authorized_by: eve}}"), onlyAsWhole},
		{"an author who is no member", in("members: {ada: admin}, tokens: {t: {scopes: all, authorized_by: bob}}"), onlyAsWhole},
		{"no word for the author", in("tokens: {t: {scopes: all, authorized_by: ''}}"), wrong},
		{"two tokens with one value", in("tokens: {t: {scopes: all, token: x}, u: {scopes: all, token: x}}"), onlyAsWhole},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, loadError := Load(Text("text", c.text))
			if refused := loadError != nil; refused != (c.verdict != right) {
				t.Errorf("the loader says %v", loadError)
			}
			schemaError := compiled.Validate(plain(t, c.text))
			if refused := schemaError != nil; refused != (c.verdict == wrong) {
				t.Errorf("the schema says %v", schemaError)
			}
		})
	}
}

func TestTheSchemaAcceptsTheBuiltInScenarios(t *testing.T) {
	t.Parallel()
	compiled := compileSchema(t)
	for _, name := range BuiltIns() {
		content, err := BuiltIn(name).read(yamltree.MaxSize)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(plain(t, content)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// plain parses a text into plain values.
func plain(t *testing.T, text string) any {
	t.Helper()
	ps := new(yamltree.Problems)
	root := yamltree.Parse(&yamltree.File{Name: "text"}, []byte(text), ps)
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	return root.Plain()
}
