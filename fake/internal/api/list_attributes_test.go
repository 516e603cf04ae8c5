package api_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// listAttribute makes an attribute of a list and returns its id.
func (c *client) listAttribute(list, slug, kind string, members ...string) string {
	c.t.Helper()
	return idIn(c.t, c.must("POST", "/v2/lists/"+list+"/attributes", newAttribute(slug, kind, members...)), "attribute_id")
}

func TestAListBeginsWithTheAttributesOfEveryEntry(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	id := c.list("sales", "people", noGrants)
	var listed struct {
		Data []struct {
			ID struct {
				ObjectID string `json:"object_id"`
			}
			Slug     string `json:"api_slug"`
			Type     string
			System   bool `json:"is_system_attribute"`
			Writable bool `json:"is_writable"`
			Unique   bool `json:"is_unique"`
		}
	}
	decode(t, c.get("/v2/lists/sales/attributes").Body, &listed)
	var got []string
	for _, d := range listed.Data {
		if d.ID.ObjectID != id {
			t.Errorf("%s is of %s", d.Slug, d.ID.ObjectID)
		}
		got = append(got, fmt.Sprintf("%s %s system:%t writable:%t unique:%t", d.Slug, d.Type, d.System, d.Writable, d.Unique))
	}
	want := []string{
		"entry_id text system:true writable:false unique:true",
		"created_at timestamp system:true writable:false unique:false",
		"created_by actor-reference system:true writable:false unique:false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAttributesOfAListAreMadeReadAndChanged(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	list := c.list("sales", "people", noGrants)
	id := c.listAttribute("sales", "rank", "number")
	for _, path := range []string{"sales/attributes/rank", "sales/attributes/" + id, list + "/attributes/rank"} {
		if got := idIn(t, c.get("/v2/lists/"+path).Body, "object_id"); got != list {
			t.Errorf("%s is of %s", path, got)
		}
	}
	c.must("PATCH", "/v2/lists/sales/attributes/rank", `{"data":{"api_slug":"place","is_archived":true}}`)
	for path, found := range map[string]bool{"rank": false, "place": true, "parent_record": false} {
		got := c.get("/v2/lists/sales/attributes/" + path)
		if found != (got.Status == 200) || !found && got.Body != notFound(`Attribute with slug/ID "`+path+`" not found.`) {
			t.Errorf("%s: %s", path, got.Body)
		}
	}
}

func TestAttributesOfListsThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	c.list("sales", "people", noGrants)
	c.listAttribute("sales", "old", "text")
	c.must("PATCH", "/v2/lists/sales/attributes/old", `{"data":{"is_archived":true}}`)
	taken := refusal("409", "invalid_request_error", "slug_conflict",
		"An attribute with the same API slug already exists on this list. Please choose a different API slug.")
	for name, tc := range map[string]struct{ method, path, body, want string }{
		"with the slug of an archived one": {"POST", "sales/attributes", newAttribute("old", "text"), taken},
		"with the slug of a given one":     {"POST", "sales/attributes", newAttribute("entry_id", "text"), taken},
		"with the slug of the parent":      {"POST", "sales/attributes", newAttribute("parent_record", "text"), taken},
		"of an unknown list":               {"POST", "zzz/attributes", newAttribute("new", "text"), notFound(`List with slug/ID "zzz" not found.`)},
		"with another side": {"POST", "sales/attributes", newAttribute("boss", "record-reference",
			`"relationship":{"object":"people","api_slug":"staff","title":"Staff","is_multiselect":true}`),
			badRequest("validation_type", "Attributes of lists cannot have a relationship.")},
		"that Attio made": {"PATCH", "sales/attributes/entry_id", `{"data":{"title":"x"}}`, badRequest("system_edit_unauthorized", "Cannot update a System attribute.")},
	} {
		if diff := cmp.Diff(tc.want, c.send(tc.method, "/v2/lists/"+tc.path, tc.body).Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOptionsAndStatusesOfLists(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	list := c.list("sales", "people", noGrants)
	stage, tier := c.listAttribute("sales", "stage", "status"), c.listAttribute("sales", "tier", "select")
	lead := idIn(t, c.must("POST", "/v2/lists/sales/attributes/stage/statuses", `{"data":{"title":"Lead"}}`), "status_id")
	gold := idIn(t, c.must("POST", "/v2/lists/sales/attributes/tier/options", `{"data":{"title":"Silver"}}`), "option_id")
	c.must("PATCH", "/v2/lists/sales/attributes/tier/options/Silver", `{"data":{"title":"Gold"}}`)
	ids := `{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + list + `","attribute_id":"%s","%s":"%s"}`
	for path, want := range map[string]string{
		"stage/statuses": `{"data":[{"id":` + fmt.Sprintf(ids, stage, "status_id", lead) + `,"title":"Lead","is_archived":false,"target_time_in_status":null,"celebration_enabled":false}]}`,
		"tier/options":   `{"data":[{"id":` + fmt.Sprintf(ids, tier, "option_id", gold) + `,"title":"Gold","is_archived":false}]}`,
	} {
		if diff := cmp.Diff(want, c.get("/v2/lists/sales/attributes/"+path).Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}
