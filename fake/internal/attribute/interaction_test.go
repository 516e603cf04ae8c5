package attribute

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

const anInteraction = `{"interaction_type": "email", "interacted_at": "2023-01-01T15:00:00.5Z", "owner_actor": {"type": "workspace-member", "id": "50cf242c-7fa3-4cad-87d0-75b1af71c57b"}}`

func TestInteractionsAreSeededAndNotWritten(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeInteraction, "last_interaction")
	testRefused(t, d, []refused{{"an interaction", anInteraction, invalidValue("last_interaction",
		attio.Issue{Code: "invalid", Path: []any{}, Message: "Interaction attributes cannot be written"})}})

	v, err := ParseSeed(smallWorld{}, d, decode(t, anInteraction))
	if err != nil {
		t.Fatal(err)
	}
	want := `"interaction_type":"email","interacted_at":"2023-01-01T15:00:00.500000000Z","owner_actor":{"type":"workspace-member","id":"50cf242c-7fa3-4cad-87d0-75b1af71c57b"}`
	if diff := cmp.Diff(want, string(v.AppendFields(nil, owner{d}))); diff != "" {
		t.Errorf("wrong fields (-want +got):\n%s", diff)
	}
}

func TestSeededInteractionsNeedAllTheirParts(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeInteraction, "last_interaction")
	for written, want := range map[string]*attio.Error{
		`{}`: invalidValue("last_interaction", required("interaction_type", "string"), required("interacted_at", "string"), required("owner_actor", "object")),
		`{"interaction_type": "fax", "interacted_at": "then", "owner_actor": {"type": "dog"}}`: invalidValue("last_interaction",
			invalidOption("interaction_type", "fax", InteractionTypes()), invalid("interacted_at", "Invalid date"), invalid("owner_actor", "Invalid actor")),
		`"email"`: invalidValue("last_interaction",
			attio.Issue{Code: "invalid_type", Path: []any{}, Message: "Expected object, received string", Expected: "object", Received: "string"}),
	} {
		_, err := ParseSeed(smallWorld{}, d, decode(t, written))
		if diff := cmp.Diff(error(want), err); diff != "" {
			t.Errorf("%s was answered otherwise (-want +got):\n%s", written, diff)
		}
	}
}

func TestInteractionsSortByMoment(t *testing.T) {
	t.Parallel()
	at := func(moment, kind string) string {
		return `{"interaction_type": "` + kind + `", "interacted_at": "` + moment + `", "owner_actor": {"type": "system", "id": null}}`
	}
	d := attributeOf(TypeInteraction, "last_interaction")
	testOrder(t, d, at("2022", "meeting"), at("2023", "email"), at("2023", "meeting"))
	testSame(t, d, at("2022", "meeting"), at("2022-01-01", "meeting"))
}
