package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake"
)

// calendar has meetings of every kind; each key says when the meeting is.
const calendar = `
version: 1
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects:
      people: {records: {grace: {email_addresses: [grace@navy.example.com]}, alan: {email_addresses: [alan@park.example.com]}}}
      companies: {records: {navy: {domains: [navy.example.com]}}}
    meetings:
      at11: {start: 2026-02-03T11:00:00Z, participants: [{name: Nobody}], linked_records: [companies/navy]}
      at09: {start: 2026-02-03T09:00:00Z, participants: [Grace@navy.example.com, other@park.example.com]}
      at10: {start: {datetime: "2026-02-03T05:00:00", timezone: America/New_York}, participants: [alan@park.example.com], linked_records: [people/grace]}
      day3: {start: 2026-02-03, participants: [{name: Nobody}]}
      day4: {start: 2026-02-04, end: 2026-02-06, participants: [alan@park.example.com]}
  globex:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
`

func newCalendar(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(calendar), fake.FixedClock(noon))
}

// meetingNames maps the ids of the calendar's meetings to their keys.
func meetingNames() map[string]string {
	names := map[string]string{}
	for _, key := range []string{"at11", "at09", "at10", "day3", "day4"} {
		names[fake.ID("acme/meetings/"+key)] = key
	}
	return names
}

// listMeetings returns the ids on one page and the cursor of the next, "" for none.
func (c *client) listMeetings(query url.Values) (ids []string, next string) {
	c.t.Helper()
	got := c.get(meetings + "?" + query.Encode())
	var page struct {
		Data []struct {
			ID struct {
				MeetingID string `json:"meeting_id"`
			} `json:"id"`
		} `json:"data"`
		Pagination struct {
			NextCursor *string `json:"next_cursor"`
		} `json:"pagination"`
	}
	if err := json.Unmarshal([]byte(got.Body), &page); err != nil || got.Status != http.StatusOK {
		c.t.Fatalf("%v: %d %s (%v)", query, got.Status, got.Body, err)
	}
	for _, m := range page.Data {
		ids = append(ids, m.ID.MeetingID)
	}
	if page.Pagination.NextCursor != nil {
		next = *page.Pagination.NextCursor
	}
	return ids, next
}

func TestMeetingsAreListedByFilterAndOrder(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	names := meetingNames()
	navy, grace := fake.ID("acme/companies/navy"), fake.ID("acme/people/grace")
	for query, want := range map[string]string{
		"":                "day3 at09 at10 at11 day4",
		"sort=start_asc":  "day3 at09 at10 at11 day4",
		"sort=start_desc": "day4 at11 at10 at09 day3",
		"offset=3&page=2": "day3 at09 at10 at11 day4", // unknown parameters

		"linked_object=companies&linked_record_id=" + navy:                                           "at11",
		"linked_object=people&linked_record_id=" + grace:                                             "at09 at10",
		"linked_object=" + fake.ID("acme/objects/people") + "&linked_record_id=" + upper(grace):      "at09 at10",
		"linked_object=companies&linked_record_id=" + grace:                                          "",
		"linked_object=people&linked_record_id=" + fake.ID("acme/people/nobody"):                     "",
		"participants=alan@park.example.com":                                                         "at10 day4",
		"participants=ALAN@park.example.com,,%20other@park.example.com%20,nobody":                    "at09 at10 day4",
		"participants=park.example.com":                                                              "",
		"participants=":                                                                              "day3 at09 at10 at11 day4",
		"participants=,%20,":                                                                         "day3 at09 at10 at11 day4",
		"participants=alan@park.example.com&linked_object=companies&linked_record_id=" + navy:        "at10 at11 day4",
		"participants=nobody@park.example.com&linked_object=companies&linked_record_id=" + navy:      "at11",
		"participants=,&linked_object=companies&linked_record_id=" + navy:                            "at11",
		"participants=alan@park.example.com&sort=start_desc&ends_from=2026-02-04T00:00:00Z":          "day4",
		"participants=alan@park.example.com&starts_before=2026-02-04T00:00:00Z&limit=200":            "at10",
		"linked_object=people&linked_record_id=" + grace + "&starts_before=2026-02-03T10:00:00.000Z": "at09",

		"ends_from=2026-02-03T10:00:00Z":                                        "day3 at09 at10 at11 day4",
		"ends_from=2026-02-03T10:00:00.001Z":                                    "day3 at10 at11 day4",
		"ends_from=2026-02-03T06:00:00-05:00":                                   "day3 at10 at11 day4",
		"ends_from=2026-02-03T11:00:00.001":                                     "day3 at11 day4",
		"ends_from=2026-02-04T00:00:00Z":                                        "day3 day4",
		"ends_from=2026-02-04":                                                  "day3 day4",
		"ends_from=2026-02-04T00:00:01Z":                                        "day4",
		"ends_from=2026-02-06T00:00:00Z":                                        "day4",
		"ends_from=2026-02-06T00:00:01Z":                                        "",
		"ends_from=2026-02-04T05:00:00Z&timezone=America/New_York":              "day3 day4",
		"ends_from=2026-02-04T05:00:01Z&timezone=America/New_York":              "day4",
		"ends_from=2026-02-03T15:00:01Z&timezone=Asia/Tokyo":                    "day4",
		"ends_from=2026-02-03T11:00:00Z&timezone=Asia/Tokyo":                    "day3 at10 at11 day4",
		"starts_before=2026-02-03T00:00:00Z":                                    "",
		"starts_before=2026-02-03T00:00:00.001Z":                                "day3",
		"starts_before=2026-02-03T09:00:00Z":                                    "day3",
		"starts_before=2026-02-03T10:00:01%2B01:00":                             "day3 at09",
		"starts_before=2026-02-03T09:30:00Z&timezone=Pacific/Honolulu":          "at09",
		"starts_before=2026-02-03T10:00:00Z&timezone=Pacific/Honolulu":          "at09",
		"starts_before=2026-02-03T10:00:00.001Z&timezone=Pacific/Honolulu":      "day3 at09 at10",
		"starts_before=2026-02-02T15:00:00.001Z&timezone=Asia/Tokyo":            "day3",
		"starts_before=2026-02-03T00:00:01Z&timezone=Mars/Olympus":              "day3",
		"starts_before=2026-02-03T11:00:00Z&ends_from=2026-02-03T10:30:00Z":     "day3 at10",
		"starts_before=2026-02-03T09:00:00Z&ends_from=2026-02-05&limit=1":       "",
		"starts_before=2026-02-10&ends_from=2026-01-01&sort=start_desc&limit=5": "day4 at11 at10 at09 day3",
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		ids, next := c.listMeetings(values)
		var got []string
		for _, id := range ids {
			got = append(got, names[id])
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" || next != "" {
			t.Errorf("%q (next %q): %s", query, next, diff)
		}
	}
}

func upper(id string) string { return strings.ToUpper(id) }

func TestAListedMeetingIsTheWholeMeeting(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	synced := c.get(meetings + "/" + fake.ID("acme/meetings/synced")).Body
	c.wants(c.get(meetings), 200, `{"data":[`+strings.TrimSuffix(strings.TrimPrefix(synced, `{"data":`), `}`)+`],"pagination":{"next_cursor":null}}`)
	c.wants(c.as(c.server.Token("globex")).get(meetings), 200, `{"data":[],"pagination":{"next_cursor":null}}`)
}

func TestMeetingsAreListedPageByPage(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	for range 200 {
		c.meet(talk(nil))
	}
	all, next := c.listMeetings(url.Values{"limit": {"200"}})
	rest, end := c.listMeetings(url.Values{"limit": {"200"}, "cursor": {next}})
	if len(all) != 200 || len(rest) != 5 || end != "" {
		t.Fatalf("pages of %d and %d, and then %q", len(all), len(rest), end)
	}
	all = append(all, rest...)
	if together := all[:200]; !slices.IsSorted(together) {
		t.Error("meetings that start together are not in the order of their ids")
	}
	for limit, size := range map[string]int{"": 50, "1": 1, "50": 50, "41": 41, "102": 102, "103": 103} {
		query := url.Values{}
		if limit != "" {
			query.Set("limit", limit)
		}
		var got []string
		for {
			ids, next := c.listMeetings(query)
			got = append(got, ids...)
			if next == "" {
				break
			}
			if len(ids) != size {
				t.Fatalf("limit %q: a page of %d", limit, len(ids))
			}
			query.Set("cursor", next)
		}
		if diff := cmp.Diff(all, got); diff != "" {
			t.Errorf("limit %q: %s", limit, diff)
		}
	}
	exact, next := c.listMeetings(url.Values{"starts_before": {"2026-02-02T09:00:01Z"}, "limit": {"200"}})
	if len(exact) != 200 || next != "" {
		t.Errorf("a page of all %d goes on at %q", len(exact), next)
	}
	down, next := c.listMeetings(url.Values{"limit": {"100"}, "sort": {"start_desc"}})
	more, _ := c.listMeetings(url.Values{"limit": {"200"}, "sort": {"start_desc"}, "cursor": {next}})
	if got := append(down, more...); !slices.Equal(got[5:], all[:200]) {
		t.Error("down, meetings that start together are not in the order of their ids")
	}
}

func TestListingMeetingsTakesOnlyItsOwnParameters(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	_, cursor := c.listMeetings(url.Values{"limit": {"1"}})
	_, down := c.listMeetings(url.Values{"limit": {"1"}, "sort": {"start_desc"}})
	_, filtered := c.listMeetings(url.Values{"limit": {"1"}, "participants": {"alan@park.example.com"}})
	globex := c.as(c.server.Token("globex"))
	for range 2 {
		globex.meet(talk(nil))
	}
	_, foreign := globex.listMeetings(url.Values{"limit": {"1"}})
	record := fake.ID("acme/people/grace")
	const badCursor = `{"code":"invalid","path":["cursor"],"message":"Invalid cursor"}`
	together := func(missing string) string {
		return `{"code":"invalid","path":["` + missing + `"],"message":"linked_object and linked_record_id must be provided together"}`
	}
	date := func(key string) string { return `{"code":"invalid","path":["` + key + `"],"message":"Invalid date"}` }
	for query, issues := range map[string][]string{
		"limit=0":       {`{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`},
		"limit=201":     {`{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 200"}`},
		"limit=ten":     {`{"code":"invalid_type","path":["limit"],"message":"Expected number, received nan","expected":"number","received":"nan"}`},
		"sort=end_desc": {`{"code":"invalid_option","path":["sort"],"message":"Invalid enum value. Expected 'start_asc' | 'start_desc', received 'end_desc'","options":["start_asc","start_desc"]}`},
		"linked_object=&linked_record_id=grace": {
			`{"code":"too_small","path":["linked_object"],"message":"String must contain at least 1 character(s)"}`,
			`{"code":"invalid_string","path":["linked_record_id"],"message":"Invalid uuid","string_validation":"uuid"}`},
		"linked_object=people&starts_before=soon": {date("starts_before")},
		"linked_object=people":                    {together("linked_record_id")},
		"linked_record_id=" + record:              {together("linked_object")},
		"ends_from=&starts_before=2026-02-30":     {date("ends_from"), date("starts_before")},
		"ends_from=1767225600":                    {date("ends_from")},
		"ends_from=2026-02-03T00:00:00+01:00":     {date("ends_from")}, // an unescaped plus is a space
		"participants=a&participants=b":           {`{"code":"invalid_type","path":["participants"],"message":"Expected string, received array","expected":"string","received":"array"}`},
		"cursor=":                                 {badCursor},
		"cursor=abc":                              {badCursor},
		"cursor=" + down:                          {badCursor},
		"cursor=" + filtered:                      {badCursor},
		"cursor=" + foreign:                       {badCursor},
		"sort=start_desc&cursor=" + cursor:        {badCursor},
		"timezone=Asia/Tokyo&cursor=" + cursor:    {badCursor},
		"ends_from=2026-01-01&cursor=" + cursor:   {badCursor},
	} {
		c.wants(c.get(meetings+"?"+query), 400, validation("Query params validation error.", issues...))
	}
	c.wants(c.get(meetings+"?linked_object=robots&linked_record_id="+record), 404, notFound(`Object with slug/ID "robots" not found.`))
	if ids, _ := c.listMeetings(url.Values{"cursor": {cursor}, "limit": {"4"}, "sort": {"start_asc"}, "participants": {","}, "timezone": {"UTC"}}); len(ids) != 4 {
		t.Errorf("the page after has %d", len(ids))
	}
}

// Meetings that exist all along are listed exactly once, whatever is created and deleted between the pages.
func TestPagesOfMeetingsNeitherRepeatNorSkip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := newCalendar(t)
		starts := map[string]int{}
		add := func(name string) {
			hour := rapid.IntRange(10, 13).Draw(rt, name)
			id := c.meet(talk(J{
				"start": J{"datetime": fmt.Sprintf("2026-02-01T%d:00:00Z", hour)},
				"end":   J{"datetime": "2026-02-01T14:00:00Z"},
			}))
			starts[id] = hour
		}
		for range rapid.IntRange(0, 8).Draw(rt, "meetings") {
			add("one of the first")
		}
		stayed := map[string]bool{}
		for id := range starts {
			stayed[id] = true
		}
		query := url.Values{
			"limit": {fmt.Sprint(rapid.IntRange(1, 4).Draw(rt, "limit"))}, "starts_before": {"2026-02-02"},
			"sort": {rapid.SampledFrom([]string{"start_asc", "start_desc"}).Draw(rt, "sort")},
		}
		var got []string
		for {
			ids, next := c.listMeetings(query)
			got = append(got, ids...)
			if next == "" {
				break
			}
			query.Set("cursor", next)
			if rapid.Bool().Draw(rt, "one comes") {
				add("one more")
			}
			if rapid.Bool().Draw(rt, "one goes") {
				gone := rapid.SampledFrom(ids).Draw(rt, "which")
				c.wants(c.do(http.MethodDelete, meetings+"/"+gone, nil), 200, `{}`)
			}
		}
		inOrder := slices.IsSortedFunc(got, func(a, b string) int {
			if a == b {
				return -1 // listed twice
			}
			if d := starts[a] - starts[b]; d != 0 {
				return d * map[string]int{"start_asc": 1, "start_desc": -1}[query.Get("sort")]
			}
			return strings.Compare(a, b)
		})
		if !inOrder {
			rt.Errorf("not in order, or one twice: %v", got)
		}
		for id := range stayed {
			if !slices.Contains(got, id) {
				rt.Errorf("%s was there from the beginning, and not listed: %v", id, got)
			}
		}
	})
}
