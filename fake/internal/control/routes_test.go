package control

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestARouteTellsThePartsOfAPath(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		method, path string
		id           string // of the route; "" if there is none
		parameters   []string
	}{
		"a path without parameters":           {"GET", "/_fake/health", "getHealth", nil},
		"two parameters":                      {"PATCH", "/_fake/workspaces/acme/members/ada", "changeMember", []string{"workspace", "acme", "member", "ada"}},
		"a word after a parameter":            {"PUT", "/_fake/workspaces/acme/limits", "setLimits", []string{"workspace", "acme"}},
		"a name with slashes in it":           {"DELETE", "/_fake/faults/a/b", "removeFault", []string{"fault", "a/b"}},
		"the shorter of two routes":           {"DELETE", "/_fake/faults", "clearFaults", nil},
		"no parameter":                        {"DELETE", "/_fake/faults/", "", nil},
		"an empty parameter":                  {"PUT", "/_fake/workspaces//limits", "", nil},
		"a part too many":                     {"PUT", "/_fake/workspaces/acme/limits/x", "", nil},
		"a slash at the end":                  {"GET", "/_fake/health/", "", nil},
		"the beginning of a word":             {"GET", "/_fake/heal", "", nil},
		"another method":                      {"POST", "/_fake/health", "", nil},
		"HEAD, which no route answers":        {"HEAD", "/_fake/health", "", nil},
		"a path outside the control API":      {"GET", "/health", "", nil},
		"a path that only begins as a prefix": {"GET", "/_fakehealth", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			route, ok := find(c.method, c.path)
			id := ""
			if ok {
				id = route.id
			}
			if id != c.id {
				t.Errorf("found %q, want %q", id, c.id)
			}
			if diff := cmp.Diff(c.parameters, route.parameters); diff != "" {
				t.Errorf("the parameters differ (-want +got):\n%s", diff)
			}
		})
	}
}
