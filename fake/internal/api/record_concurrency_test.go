package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWritersAtTheSameTimeLoseNothing(t *testing.T) {
	t.Parallel()
	const writers, writes = 8, 8
	c := newCRM(t)
	c.http = c.server.Client() // without a check of every answer, which takes longer than the writing
	employer := c.saved("POST", "companies/records", `{}`)
	id := c.saved("POST", "people/records", `{"job_title":"none","description":"none"}`)

	var writing, reading sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			for i := range writes {
				n := w*writes + i
				for _, write := range []struct{ verb, path, values string }{
					{"PATCH", person(id), fmt.Sprintf(`{"job_title":"%d","email_addresses":["u%d@example.com"],"description":"%d"}`, n, n, n)},
					{"POST", "people/records", fmt.Sprintf(`{"company":%s,"description":"hand %d"}`, to("companies", employer), n)},
					{"PUT", "people/records?matching_attribute=email_addresses", `{"email_addresses":["one@example.com"]}`},
				} {
					if got := c.write(write.verb, write.path, write.values); got.Status != http.StatusOK {
						t.Errorf("%s %s answered %d %s", write.verb, write.path, got.Status, got.Body)
					}
				}
			}
		})
	}
	written := make(chan struct{})
	for range 2 {
		reading.Go(func() {
			for {
				values := recordOf(t, c.get("/v2/objects/"+person(id)).Body).Values
				title := fmt.Sprint(valuesIn(t, values["job_title"])[0]["value"])
				description := fmt.Sprint(valuesIn(t, values["description"])[0]["value"])
				emails := strings.Count(string(values["email_addresses"]), `"email_address":`)
				if title != description || title == "none" != (emails == 0) {
					t.Errorf("a write was half done: title %s, description %s, %d addresses", title, description, emails)
				}
				select {
				case <-written:
					return
				default:
				}
			}
		})
	}
	writing.Wait()
	close(written)
	reading.Wait()

	var want, got []string
	for n := range writers * writes {
		want = append(want, fmt.Sprintf("u%d@example.com", n))
	}
	record := recordOf(t, c.get("/v2/objects/"+person(id)).Body)
	for _, email := range valuesIn(t, record.Values["email_addresses"]) {
		got = append(got, email["email_address"].(string))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("addresses were lost (-want +got):\n%s", diff)
	}
	team := valuesIn(t, recordOf(t, c.get("/v2/objects/"+company(employer)).Body).Values["team"])
	if len(team) != writers*writes {
		t.Errorf("of %d people %d are in the team", writers*writes, len(team))
	}
	if got := c.server.Workspace("acme").Records("people"); len(got) != 2+writers*writes {
		t.Errorf("there are %d people", len(got)) // the first, the upserted one, and the team
	}
}
