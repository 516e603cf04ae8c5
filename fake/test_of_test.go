package fake_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

func TestARequestBecomesATestOrFailsTheOneThatAsks(t *testing.T) {
	t.Parallel()
	srv, _ := newAcme(t)
	send(t, srv, http.MethodGet, "/v2/objects/companies/records/"+fake.ID("acme/companies/seeded"), "")
	source := srv.TestOf(srv.Requests()[0], "go")
	for _, part := range []string{"func TestRecordsGet1(t *testing.T) {", "seeded: {name: Seeded}", `srv.Token("acme/full")`} {
		if !strings.Contains(source, part) {
			t.Errorf("there is no %q in %s", part, source)
		}
	}
	for _, test := range []struct {
		request  fake.Request
		language string
		want     string
	}{
		{fake.Request{Number: 2}, "go", "fake: the journal has no request 2; it has those from 1 to 1"},
		{srv.Requests()[0], "golang", `fake: unknown language "golang"; known: go, ts, python, curl`},
	} {
		r := &recorder{}
		srv.For(r).TestOf(test.request, test.language)
		if got := strings.Join(r.fatal, "\n"); got != test.want {
			t.Errorf("got %q, not %q", got, test.want)
		}
	}
}
