package scenario_test

import "testing"

// What a scenario says to be gone need not be there; everything else has to.
func TestOnlyWhatIsSaidToBeGoneMayBeMissing(t *testing.T) {
	t.Parallel()
	const id = "11111111-1111-4111-8111-111111111111"
	view := func(rest string) string { return "objects: {people: {views: {v: {" + rest + "}}}}" }
	nouns := func(rest string) string {
		return "objects: {a: {singular_noun: Ship, plural_noun: Ships}, b: {singular_noun: ship, plural_noun: Boats" + rest + "}}"
	}
	hook := func(rest string) string {
		return `webhooks: {h: {target_url: "https://example.com/", subscriptions: [{event_type: record.created, filter: {$or: [{field: id.object_id, operator: equals, value: ` + id + `}]}}]` + rest + "}}"
	}
	full := "plan: free, objects: {deals: {enabled: true}, users: {enabled: true}}"
	for name, tc := range map[string]struct{ workspace, want string }{
		"an attribute that is gone":            {view("attributes: [{attribute: " + id + "}], gone: [" + id + "]"), ""},
		"an attribute of an object gone":       {view("sorts: [{attribute: [company, {object: " + id + ", attribute: name}], direction: asc}], gone: [" + id + ", name]"), "Cannot find attribute"},
		"a word that is gone":                  {view("filter: {attribute: company, field: target_object, op: eq, value: ships}, gone: [ships]"), ""},
		"an attribute that is unknown":         {view("attributes: [{attribute: " + id + "}]"), "Cannot find attribute with slug/ID"},
		"a word that is unknown":               {view("filter: {attribute: company, field: target_object, op: eq, value: ships}"), "ships"},
		"one gone and one unknown":             {view("attributes: [{attribute: " + id + "}, {attribute: nam}], gone: [" + id + "]"), `Did you mean "name"?`},
		"a filter with one gone and a mistake": {view("filter: {and: [{attribute: " + id + ", op: eq, value: x}, {attribute: name, op: lt, value: x}]}, gone: [" + id + "]"), "Invalid operator"},
		"what nothing names":                   {view("attributes: [{attribute: name}], gone: [" + id + "]"), "nothing here names"},
		"a shared noun":                        {nouns(", shares_nouns: true"), ""},
		"a shared noun unsaid":                 {nouns(""), "if it got its nouns later, say shares_nouns: true"},
		"an exceeded plan":                     {"exceeds_plan: true, " + full, ""},
		"an exceeded plan unsaid":              {full, "met your plan's object limit"},
		"a plan that is not exceeded":          {"exceeds_plan: true, plan: free", "leave exceeds_plan out"},
		"a filter of a webhook":                {hook(", gone: [" + id + "]"), ""},
		"a filter of a webhook unsaid":         {hook(""), "Related object not found"},
		"a member twice":                       {"members: {ada: admin}, lists: {l: {parent_object: people, member_access: [{member: ada, level: full-access}, {member: ada, level: read-only}]}}", ""},
		"a member who is unknown":              {"members: {ada: admin}, lists: {l: {parent_object: people, member_access: [{member: adda, level: full-access}]}}", `did you mean "ada"?`},
		"a token of nobody":                    {"members: {ada: admin}, tokens: {t: {scopes: all, authorized_by: null}}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkProblem(t, "{version: 1, users: {ada: {email: ada@example.com}}, workspaces: {acme: {"+tc.workspace+"}}}", tc.want)
		})
	}
}
