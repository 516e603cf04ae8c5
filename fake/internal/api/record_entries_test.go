package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestARecordOnNoListHasNoEntries(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	id := c.saved("POST", "people/records", `{}`)
	for query, want := range map[string]string{
		"":                     `{"data":[]}`,
		"?limit=1000&offset=9": `{"data":[]}`,
		"?limit=0":             badQuery(`{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`),
		"?limit=1001":          badQuery(`{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 1000"}`),
		"?limit=1.5":           badQuery(`{"code":"invalid_type","path":["limit"],"message":"Expected integer, received float","expected":"integer","received":"float"}`),
	} {
		if diff := cmp.Diff(want, c.get("/v2/objects/"+person(id)+"/entries"+query).Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}
