package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake"
)

const emailScenario = `
version: 1
users: {ada: {email: ada@acme.example.com}, bob: {email: bob@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}, records: {scopes: ["record_permission:read", "object_configuration:read"]}}
    objects:
      people:
        records:
          grace: {email_addresses: [grace@navy.example.com, grace@example.org]}
          ada: {email_addresses: [ada@acme.example.com]}
      companies:
        records:
          navy: {domains: [navy.example.com]}
          acme: {domains: [acme.example.com]}
      deals: {enabled: true}
    protected_recipients: [legal@navy.example.com, rival.example.net]
    emails:
      hello: {sent_at: 2026-01-10T09:00:00Z, subject: Hello & <welcome>, from: Ada Lovelace <Ada@acme.example.com>, to: [grace@navy.example.com, "\"Hopper, X\" <x@sub.navy.example.com>"], cc: [bob@acme.example.com], bcc: [legal@navy.example.com]}
      answer: {sent_at: 2026-01-10T10:00:00.5Z, from: grace@navy.example.com, reply_to: [Grace Hopper <grace@example.org>], to: [ada@acme.example.com]}
      robot: {sent_at: 2026-01-11T09:00:00Z, subject: Your order, from: no-reply@navy.example.com, to: [bob@acme.example.com]}
      secret: {sent_at: 2026-01-12T09:00:00Z, subject: Secret, from: legal@navy.example.com, to: [bob@acme.example.com]}
      shared: {sent_at: 2026-01-13T09:00:00Z, subject: Offer, mailbox: sales@acme.example.net, from: sales@acme.example.net, to: [grace@example.org]}
  globex:
    tokens: {full: {scopes: all}}
`

func newEmailClient(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(emailScenario), fake.FixedClock(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)))
}

func messageID(key string) string { return fake.ID("acme/emails/" + key) }

// emailJSON is an e-mail in a mailbox.
func emailJSON(key, mailbox, sent, direction, subject, participants, linked string) string {
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","mailbox_id":"` + fake.ID("acme/mailboxes/"+mailbox) + `","email_id":"` + messageID(key) + `"},` +
		`"sent_at":"` + sent + `","direction":"` + direction + `","subject_line":` + subject + `,"participants":[` + participants + `],"linked_records":[` + linked + `]}`
}

func taker(role, address, name string) string {
	_, domain, _ := strings.Cut(address, "@")
	return `{"role":"` + role + `","email_address":"` + address + `","email_domain":"` + domain + `","name":` + name + `}`
}

func emailLink(object, key string) string {
	return `{"object_slug":"` + object + `","object_id":"` + fake.ID("acme/objects/"+object) + `","record_id":"` + fake.ID("acme/"+object+"/"+key) + `"}`
}

func emailPage(next string, things ...string) string {
	return `{"data":[` + strings.Join(things, ",") + `],"pagination":{"next_cursor":` + next + `}}`
}

func TestAnEmailIsListedWithWhoTakesPartAndTheirRecords(t *testing.T) {
	t.Parallel()
	c := newEmailClient(t)
	hello := emailJSON("hello", "ada@acme.example.com", "2026-01-10T09:00:00.000000000Z", "outbound", `"Hello & <welcome>"`, strings.Join([]string{
		taker("from", "ada@acme.example.com", `"Ada Lovelace"`), taker("to", "grace@navy.example.com", "null"),
		taker("to", "x@sub.navy.example.com", `"Hopper, X"`), taker("cc", "bob@acme.example.com", "null"),
	}, ","), strings.Join([]string{emailLink("people", "ada"), emailLink("people", "grace"), emailLink("companies", "acme"), emailLink("companies", "navy")}, ","))
	answered := emailJSON("answer", "ada@acme.example.com", "2026-01-10T10:00:00.500000000Z", "inbound", "null", strings.Join([]string{
		taker("from", "grace@navy.example.com", "null"), taker("reply-to", "grace@example.org", `"Grace Hopper"`), taker("to", "ada@acme.example.com", "null"),
	}, ","), strings.Join([]string{emailLink("people", "grace"), emailLink("people", "ada"), emailLink("companies", "navy"), emailLink("companies", "acme")}, ","))
	shared := emailJSON("shared", "sales@acme.example.net", "2026-01-13T09:00:00.000000000Z", "outbound", `"Offer"`,
		taker("from", "sales@acme.example.net", "null")+","+taker("to", "grace@example.org", "null"), emailLink("people", "grace"))
	c.wants(c.get("/v2/emails?participants=GRACE@navy.example.com,,%20grace@example.org"), 200, emailPage("null", shared, answered, hello))

	// The linked records are current.
	c.do(http.MethodDelete, "/v2/objects/people/records/"+fake.ID("acme/people/grace"), nil)
	c.wants(c.get("/v2/emails?participants=grace@example.org&sent_after=2026-01-12"), 200, emailPage("null", strings.Replace(shared, emailLink("people", "grace"), "", 1)))
}

func TestEmailsAreFoundByEachFilterOrAnother(t *testing.T) {
	t.Parallel()
	c := newEmailClient(t)
	grace, navy, ada, acme := fake.ID("acme/people/grace"), fake.ID("acme/companies/navy"), fake.ID("acme/people/ada"), fake.ID("acme/companies/acme")
	for query, want := range map[string][]string{
		"participants=grace@example.org":                                                                     {"shared", "answer"},
		"participants=x@sub.navy.example.com,no-reply@navy.example.com":                                      {"robot", "hello"},
		"domain=navy.example.com":                                                                            {"robot", "answer", "hello"},
		"domain=%20Sub.NAVY.example.com":                                                                     {"hello"},
		"linked_object=people&linked_record_ids=" + grace:                                                    {"shared", "answer", "hello"},
		"linked_object=people&linked_record_ids=" + grace + "," + ada:                                        {"shared", "answer", "hello"},
		"linked_object=" + fake.ID("acme/objects/companies") + "&linked_record_ids=" + strings.ToUpper(navy): {"robot", "answer", "hello"},
		"linked_object=companies&linked_record_ids=" + navy + "&participants=grace@example.org":              {"shared", "robot", "answer", "hello"},
		"domain=sub.navy.example.com&participants=no-reply@navy.example.com":                                 {"robot", "hello"},
		"domain=nobody.example.com":                                                                          nil,
		"participants=ada@acme.example.com":                                                                  nil, // the workspace itself, as are those below
		"participants=sales@acme.example.net":                                                                nil,
		"domain=acme.example.com":                                                                            nil,
		"domain=acme.example.net":                                                                            nil,
		"linked_object=people&linked_record_ids=" + ada:                                                      nil,
		"linked_object=companies&linked_record_ids=" + grace:                                                 nil, // does not exist, nor does the one below
		"linked_object=people&linked_record_ids=0d2a5b7c-0000-4000-8000-000000000000":                        nil,
		"linked_object=companies&linked_record_ids=" + acme:                                                  nil,
		"domain=acme.example.com&participants=grace@example.org":                                             {"shared", "answer"},
		"domain=navy.example.com&exclude_automated_participants=true":                                        {"answer", "hello"},
		"domain=navy.example.com&exclude_automated_participants=false":                                       {"robot", "answer", "hello"},
		"domain=navy.example.com&sent_after=2026-01-10T09:00:00Z":                                            {"robot", "answer"},
		"domain=navy.example.com&sent_after=2026-01-10T08:59:59.999Z":                                        {"robot", "answer", "hello"},
		"domain=navy.example.com&sent_before=2026-01-11T09:00:00Z":                                           {"answer", "hello"},
		"domain=navy.example.com&sent_before=2026-01-11T10:00:00.001%2B01:00":                                {"robot", "answer", "hello"},
		"domain=navy.example.com&sent_after=2026-01-10T09:00:00Z&sent_before=2026-01-10T10:00:00.5Z":         nil,
		"domain=navy.example.com&sent_after=2026-01-10T09:00:00Z&sent_before=2026-01-10T10:00:00.51Z":        {"answer"},
		"domain=navy.example.com&sent_after=2026-01-11":                                                      {"robot"},
	} {
		ids, next := idsOf(t, c.get("/v2/emails?"+query))
		var keys []string
		for _, key := range want {
			keys = append(keys, messageID(key))
		}
		if diff := cmp.Diff(keys, ids); diff != "" || next != nil {
			t.Errorf("%s: %s", query, diff)
		}
	}
	globex := c.as(c.server.Token("globex"))
	globex.wants(globex.get("/v2/emails?domain=navy.example.com"), 200, emailPage("null"))
}

func TestAListingOfEmailsThatIsWrongIsRefused(t *testing.T) {
	t.Parallel()
	c := newEmailClient(t)
	grace := fake.ID("acme/people/grace")
	issue := func(code, path, message string) string {
		return badQuery(`{"code":"` + code + `","path":[` + path + `],"message":"` + message + `"}`)
	}
	missing := badRequest("validation_type", "Query parameters must query either by linked records, by participants or by domain")
	together := "linked_object and linked_record_ids must be provided together"
	eleven := strings.TrimSuffix(strings.Repeat(grace+",", 11), ",")
	for query, want := range map[string]string{
		"":                                    missing,
		"participants=":                       missing,
		"participants=,%20,":                  missing,
		"linked_record_ids=":                  missing,
		"sent_after=2026-01-01T00:00:00Z":     missing,
		"exclude_automated_participants=true": missing,
		"linked_object=people":                issue("invalid", `"linked_record_ids"`, together),
		"linked_object=people&linked_record_ids=,":               issue("invalid", `"linked_record_ids"`, together),
		"linked_record_ids=" + grace:                             issue("invalid", `"linked_object"`, together),
		"linked_object=&domain=example.org":                      issue("too_small", `"linked_object"`, "String must contain at least 1 character(s)"),
		"domain=":                                                issue("too_small", `"domain"`, "String must contain at least 1 character(s)"),
		"linked_object=people&linked_record_ids=" + eleven:       issue("too_big", `"linked_record_ids"`, "Array must contain at most 10 element(s)"),
		"participants=" + strings.Repeat("a@b.com,", 11):         issue("too_big", `"participants"`, "Array must contain at most 10 element(s)"),
		"linked_object=people&linked_record_ids=" + grace + ",x": badQuery(`{"code":"invalid_string","path":["linked_record_ids",1],"message":"Invalid uuid","string_validation":"uuid"}`),
		"linked_object=deals&linked_record_ids=" + grace:         issue("invalid", `"linked_object"`, "linked_object must be the people or companies object"),
		"linked_object=nothing&linked_record_ids=" + grace:       issue("invalid", `"linked_object"`, "linked_object must be the people or companies object"),
		"domain=example.org&limit=0":                             issue("too_small", `"limit"`, "Number must be greater than or equal to 1"),
		"domain=example.org&limit=51":                            issue("too_big", `"limit"`, "Number must be less than or equal to 50"),
		"domain=example.org&sent_after=yesterday&sent_before=":   badQuery(`{"code":"invalid","path":["sent_after"],"message":"Invalid date"},{"code":"invalid","path":["sent_before"],"message":"Invalid date"}`),
		"domain=example.org&exclude_automated_participants=yes":  badQuery(`{"code":"invalid_option","path":["exclude_automated_participants"],"message":"Invalid enum value. Expected 'true' | 'false', received 'yes'","options":["true","false"]}`),
		"domain=example.org&cursor=x":                            issue("invalid", `"cursor"`, "Invalid cursor"),
		"participants=Legal@navy.example.com":                    badRequest("validation_type", `"legal@navy.example.com" is a protected recipient.`),
		"participants=x@rival.example.net":                       badRequest("validation_type", `"x@rival.example.net" is a protected recipient.`),
		"domain=rival.example.net":                               badRequest("validation_type", `"rival.example.net" is a protected recipient.`),
	} {
		got := c.get("/v2/emails?" + query)
		if diff := cmp.Diff(want, got.Body); got.Status != 400 || diff != "" {
			t.Errorf("%s: %d %s", query, got.Status, diff)
		}
	}
	other := c.as(c.server.Token("acme/records"))
	c.wants(other.get("/v2/emails?domain=example.org"), 403, refusal("403", "auth_error", "unauthorized",
		"The API Key provided is not authorized to perform the requested action. This request requires scopes: Read access to the Emails scope."))
	if got := c.get("/v2/emails?participants=" + strings.Repeat("a@b.com,", 10)); got.Status != 200 {
		t.Errorf("ten participants: %d %s", got.Status, got.Body)
	}
}

// pages reads a listing of e-mails page by page.
func (c *client) pages(t rapid.TB, query url.Values) (pages [][]string) {
	t.Helper()
	query = maps.Clone(query)
	for {
		ids, next := idsOf(t, c.get("/v2/emails?"+query.Encode()))
		pages = append(pages, ids)
		if next == nil {
			return pages
		}
		query.Set("cursor", *next)
	}
}

func TestAPageMayHaveFewerEmailsThanThereAreMoreOf(t *testing.T) {
	t.Parallel()
	c := newEmailClient(t)
	acme := c.server.Workspace("acme")
	added := make(map[string]string)
	for i, from := range []string{"legal@navy.example.com", "x@navy.example.com", "noreply@navy.example.com", "legal@navy.example.com", "y@navy.example.com"} {
		sent := time.Date(2026, 1, 20, i, 0, 0, 0, time.UTC)
		added[acme.AddEmail(fake.Email{SentAt: sent, From: from, To: []string{"ada@acme.example.com"}}).ID] = fmt.Sprint(i)
	}
	for query, want := range map[string]string{
		"limit=1": "4|-|2|1|-",
		"limit=2": "4|21|-",
		"limit=3": "42|1",
		"limit=5": "421",
		"limit=1&exclude_automated_participants=true": "4|-|-|1|-",
		"limit=2&exclude_automated_participants=true": "4|1|-",
	} {
		values, err := url.ParseQuery(query + "&domain=navy.example.com&sent_after=2026-01-15")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, ids := range c.pages(t, values) {
			text := ""
			for _, id := range ids {
				text += added[id]
			}
			if text == "" {
				text = "-"
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}

func TestThePagesOfEmailsAreTheWholeListing(t *testing.T) {
	t.Parallel()
	c := newEmailClient(t)
	acme := c.server.Workspace("acme")
	type sent struct {
		id   string
		hour int
	}
	var all []sent
	for i := range 60 {
		hour := i * 7 % 20 // three at the same time
		e := acme.AddEmail(fake.Email{SentAt: time.Date(2026, 2, 1, hour, 0, 0, 0, time.UTC), From: "x@army.example.com", To: []string{"ada@acme.example.com"}})
		all = append(all, sent{e.ID, hour})
	}
	slices.SortFunc(all, func(a, b sent) int {
		if a.hour != b.hour {
			return b.hour - a.hour
		}
		return strings.Compare(a.id, b.id)
	})
	var want []string
	for _, e := range all {
		want = append(want, e.id)
	}
	for query, length := range map[string]int{"": 25, "&limit=1": 1, "&limit=50": 50} {
		if ids, next := idsOf(t, c.get("/v2/emails?domain=army.example.com"+query)); len(ids) != length || next == nil {
			t.Errorf("%q: %d", query, len(ids))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 50).Draw(t, "limit")
		got := slices.Concat(c.pages(t, url.Values{"domain": {"army.example.com"}, "limit": {fmt.Sprint(limit)}})...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("limit %d: %s", limit, diff)
		}
	})
}

func TestAPageOfEmailsGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	c := newEmailClient(t)
	list := "/v2/emails?domain=navy.example.com&limit=1"
	none, next := idsOf(t, c.get(list)) // the newest is from a protected recipient
	c.server.Workspace("acme").AddEmail(fake.Email{From: "x@navy.example.com", To: []string{"ada@acme.example.com"}})
	if ids, _ := idsOf(t, c.get(list+"&cursor="+*next)); none != nil || !slices.Equal(ids, []string{messageID("robot")}) {
		t.Errorf("a new one moves the page: %v", ids)
	}
	for name, query := range map[string]string{
		"another domain":     "domain=example.org",
		"another moment":     "domain=navy.example.com&sent_after=2025-01-01T00:00:00Z",
		"without automatons": "domain=navy.example.com&exclude_automated_participants=true",
		"participants":       "participants=grace@navy.example.com",
	} {
		if got := c.get("/v2/emails?" + query + "&cursor=" + *next); got.Status != 400 {
			t.Errorf("%s: %d", name, got.Status)
		}
	}
	if got := c.get("/v2/emails?domain=NAVY.example.com&limit=7&cursor=" + *next); got.Status != 200 {
		t.Errorf("the same listing in other words: %d %s", got.Status, got.Body)
	}
}
