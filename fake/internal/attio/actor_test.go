package attio

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestActorsReadAsOnTheWire(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		actor Actor
		want  string
	}{
		{"a member", Actor{ActorWorkspaceMember, "635cebb2-d0d3-4c03-8485-44354bdf4cb1"},
			`{"type":"workspace-member","id":"635cebb2-d0d3-4c03-8485-44354bdf4cb1"}`},
		{"an app", Actor{ActorApp, "0061e423-8347-4ba0-a23c-286fdbd54a8c"},
			`{"type":"app","id":"0061e423-8347-4ba0-a23c-286fdbd54a8c"}`},
		{"the system has no id", Actor{Type: ActorSystem}, `{"type":"system","id":null}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := json.Marshal(test.actor)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("wrong JSON (-want +got):\n%s", diff)
			}
		})
	}
}
