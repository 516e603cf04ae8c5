package scim_test

import (
	"strings"
	"testing"
)

func TestWritesOfGroups(t *testing.T) {
	t.Parallel()
	sailors := "/Groups/" + team("sailors")
	whole := func(more string) string { return `{"schemas":["` + groupURN + `"]` + more + `}` }
	value := func(ids ...string) string { return `[{"value":"` + strings.Join(ids, `"},{"value":"`) + `"}]` }
	shown := func(name string, members ...string) string { return renderedGroup(team("sailors"), name, members...) }
	bob, ivy, ada := member("bob"), invite("ivy"), member("ada")
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"a PUT replaces name and members":       {"PUT", sailors, whole(`,"displayName":" Crew ","members":` + value(ada, ivy, ada)), 200, shown("Crew", ada, ivy)},
		"a PUT takes everybody out":             {"PUT", sailors, whole(`,"displayName":"Sailors","members":[]`), 200, shown("Sailors")},
		"a PUT keeps its own name":              {"PUT", sailors, whole(`,"displayName":"sailors","members":[]`), 200, shown("sailors")},
		"a PUT needs members":                   {"PUT", sailors, whole(`,"displayName":"Crew"`), 400, refusal("400", "invalidValue", "The attribute members has to be an array of objects, each with the id of a user as its value.")},
		"a name is needed":                      {"POST", "/Groups", whole(""), 400, refusal("400", "invalidValue", "The attribute displayName has to be a string that is not empty.")},
		"a name of spaces is empty":             {"POST", "/Groups", whole(`,"displayName":"  "`), 400, refusal("400", "invalidValue", "The attribute displayName has to be a string that is not empty.")},
		"a name is unique":                      {"POST", "/Groups", whole(`,"displayName":"Sailors"`), 409, refusal("409", "uniqueness", "A group with this displayName already exists.")},
		"members are users":                     {"POST", "/Groups", whole(`,"displayName":"Crew","members":` + value(stranger)), 400, refusal("400", "invalidValue", `No user has the id "`+stranger+`".`)},
		"members are ids":                       {"POST", "/Groups", whole(`,"displayName":"Crew","members":` + value("bob")), 400, refusal("400", "invalidValue", `No user has the id "bob".`)},
		"a group that is gone":                  {"PUT", "/Groups/" + stranger, whole(`,"displayName":"Crew","members":[]`), 404, refusal("404", "", `Group "`+stranger+`" not found.`)},
		"text instead of an id":                 {"GET", "/Groups/x", "", 404, refusal("404", "", `Group "x" not found.`)},
		"members are added once":                {"PATCH", sailors, operations(`{"op":"add","path":"members","value":` + value(ada, bob) + `}`), 200, shown("Sailors", bob, ivy, ada)},
		"one member is added as an object":      {"PATCH", sailors, operations(`{"op":"add","path":"members","value":{"value":"` + ada + `"}}`), 200, shown("Sailors", bob, ivy, ada)},
		"an object adds members":                {"PATCH", sailors, operations(`{"op":"add","value":{"members":` + value(ada) + `}}`), 200, shown("Sailors", bob, ivy, ada)},
		"an object replaces members":            {"PATCH", sailors, operations(`{"op":"replace","value":{"displayName":"Crew","members":` + value(ada) + `,"owner":"x"}}`), 200, shown("Crew", ada)},
		"members are removed by a condition":    {"PATCH", sailors, operations(`{"op":"remove","path":"members[value eq \"` + bob + `\" or value eq \"` + ada + `\"]"}`), 200, shown("Sailors", ivy)},
		"all members are removed":               {"PATCH", sailors, operations(`{"op":"remove","path":"members"}`), 200, shown("Sailors")},
		"operations are applied in order":       {"PATCH", sailors, operations(`{"op":"remove","path":"members"},{"op":"add","path":"members","value":` + value(ada) + `},{"op":"replace","path":"displayName","value":"Crew"}`), 200, shown("Crew", ada)},
		"a name cannot be removed":              {"PATCH", sailors, operations(`{"op":"remove","path":"displayName"}`), 400, refusal("400", "mutability", "The attribute displayName cannot be removed.")},
		"a name cannot be emptied":              {"PATCH", sailors, operations(`{"op":"replace","path":"displayName","value":""}`), 400, refusal("400", "invalidValue", "The attribute displayName has to be a string that is not empty.")},
		"a path that Attio does not have":       {"PATCH", sailors, operations(`{"op":"add","path":"externalId","value":"x"}`), 400, refusal("400", "invalidPath", `The path "externalId" does not name an attribute that can be written: those are displayName and members.`)},
		"a condition on anything but the value": {"PATCH", sailors, operations(`{"op":"remove","path":"members[display eq \"bob\"]"}`), 400, refusal("400", "invalidFilter", `Filters cannot use the attribute "display"; use value.`)},
		"a condition on what is added":          {"PATCH", sailors, operations(`{"op":"add","path":"members[value eq \"x\"]","value":[]}`), 400, refusal("400", "invalidPath", `The path "members[value eq \"x\"]" does not name an attribute that can be written: those are displayName and members.`)},
		"one stranger refuses the whole patch":  {"PATCH", sailors, operations(`{"op":"replace","path":"displayName","value":"Crew"},{"op":"add","path":"members","value":` + value(stranger) + `}`), 400, refusal("400", "invalidValue", `No user has the id "`+stranger+`".`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			c.wants(c.do(tc.method, tc.path, tc.body), tc.status, tc.want)
			after := shown("Sailors", bob, ivy)
			if tc.status == 200 {
				after = tc.want
			}
			c.wants(c.do("GET", sailors, ""), 200, after)
		})
	}
}
