package attribute

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestValueHasItsTimesItsActorItsFieldsAndLastItsType(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeDomain, "domains")
	from := time.Date(2026, time.May, 9, 23, 43, 8, 480_000_000, time.FixedZone("", 7200))
	until := from.Add(time.Hour)
	member := attio.Actor{Type: attio.ActorWorkspaceMember, ID: memberID}
	for _, test := range []struct {
		name  string
		until *time.Time
		actor attio.Actor
		want  string
	}{
		{"a value of now", nil, member, `{"active_from":"2026-05-09T21:43:08.480000000Z","active_until":null,` +
			`"created_by_actor":{"type":"workspace-member","id":"cccccccc-0000-4000-8000-000000000001"},` +
			`"domain":"popl.co","root_domain":"popl.co","attribute_type":"domain"}`},
		{"a value of the past", &until, attio.Actor{Type: attio.ActorSystem}, `{"active_from":"2026-05-09T21:43:08.480000000Z",` +
			`"active_until":"2026-05-09T22:43:08.480000000Z","created_by_actor":{"type":"system","id":null},` +
			`"domain":"popl.co","root_domain":"popl.co","attribute_type":"domain"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := AppendValue(nil, Domain{"popl.co", "popl.co"}, owner{d}, from, test.until, test.actor)
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("wrong JSON (-want +got):\n%s", diff)
			}
		})
	}
}
