package attribute

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestMembersAreNamedByEmailOrID(t *testing.T) {
	t.Parallel()
	const ada = `"referenced_actor_type":"workspace-member","referenced_actor_id":"cccccccc-0000-4000-8000-000000000001"`
	testReads(t, attributeOf(TypeActorReference, "owner"), []reads{
		{"an e-mail address", `"ada@example.com"`, ada},
		{"another case", `"Ada@Example.com"`, ada},
		{"an e-mail address in an object", `{"workspace_member_email_address": "ada@example.com"}`, ada},
		{"an id", `{"referenced_actor_type": "workspace-member", "referenced_actor_id": "CCCCCCCC-0000-4000-8000-000000000001"}`, ada},
	})
}

func TestOnlyMembersCanBeWritten(t *testing.T) {
	t.Parallel()
	noForm := invalidValue("owner", invalidInput())
	testRefused(t, attributeOf(TypeActorReference, "owner"), []refused{
		{"an unknown e-mail address", `"bob@example.com"`, notFound(`Workspace member with email address "bob@example.com" not found.`)},
		{"an unknown e-mail address in an object", `{"workspace_member_email_address": "bob@example.com"}`,
			notFound(`Workspace member with email address "bob@example.com" not found.`)},
		{"an unknown id", `{"referenced_actor_type": "workspace-member", "referenced_actor_id": "dddddddd-0000-4000-8000-000000000001"}`,
			notFound(`Workspace member with ID "dddddddd-0000-4000-8000-000000000001" not found.`)},
		{"an app", `{"referenced_actor_type": "app", "referenced_actor_id": "cccccccc-0000-4000-8000-000000000001"}`, noForm},
		{"the system", `{"referenced_actor_type": "system", "referenced_actor_id": null}`, noForm},
		{"no such type", `{"referenced_actor_type": "user", "referenced_actor_id": "cccccccc-0000-4000-8000-000000000001"}`, noForm},
		{"no UUID", `{"referenced_actor_type": "workspace-member", "referenced_actor_id": "ada"}`, noForm},
		{"no id", `{"referenced_actor_type": "workspace-member"}`, noForm},
		{"an e-mail address that is no string", `{"workspace_member_email_address": 1}`, noForm},
		{"too many keys", `{"workspace_member_email_address": "ada@example.com", "x": 1}`, noForm},
		{"null", `null`, noForm},
		{"nothing", `{}`, noForm},
	})
}

func TestSeedsMayReferToAnyActor(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeActorReference, "created_by")
	for written, want := range map[string]string{
		`{"referenced_actor_type": "app", "referenced_actor_id": "0061e423-8347-4ba0-a23c-286fdbd54a8c"}`: `"referenced_actor_type":"app","referenced_actor_id":"0061e423-8347-4ba0-a23c-286fdbd54a8c"`,
		`{"referenced_actor_type": "system", "referenced_actor_id": null}`:                                `"referenced_actor_type":"system","referenced_actor_id":null`,
	} {
		v, err := ParseSeed(smallWorld{}, d, decode(t, written))
		if err != nil {
			t.Fatalf("ParseSeed(%s): %v", written, err)
		}
		if diff := cmp.Diff(want, string(v.AppendFields(nil, owner{d}))); diff != "" {
			t.Errorf("%s reads otherwise (-want +got):\n%s", written, diff)
		}
	}
	_, err := ParseSeed(smallWorld{}, d, decode(t, `{"referenced_actor_type": "system", "referenced_actor_id": "0061e423-8347-4ba0-a23c-286fdbd54a8c"}`))
	if diff := cmp.Diff(error(invalidValue("created_by", invalidInput())), err); diff != "" {
		t.Errorf("a system with an id (-want +got):\n%s", diff)
	}
}

func TestActorsAreTheSameByTypeAndID(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeActorReference, "created_by")
	testSame(t, d, `"ada@example.com"`, `{"referenced_actor_type": "workspace-member", "referenced_actor_id": "cccccccc-0000-4000-8000-000000000001"}`)
	testOrder(t, d,
		`{"referenced_actor_type": "app", "referenced_actor_id": "0061e423-8347-4ba0-a23c-286fdbd54a8c"}`,
		`{"referenced_actor_type": "app", "referenced_actor_id": "cccccccc-0000-4000-8000-000000000001"}`,
		`{"referenced_actor_type": "system", "referenced_actor_id": null}`,
		`"ada@example.com"`)
	v, err := Parse(smallWorld{}, d, "ada@example.com")
	want := Value(ActorReference{attio.Actor{Type: attio.ActorWorkspaceMember, ID: memberID}})
	if diff := cmp.Diff(want, v); err != nil || diff != "" {
		t.Errorf("error %v, wrong value (-want +got):\n%s", err, diff)
	}
}
