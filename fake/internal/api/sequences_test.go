package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const unsubscribedPath = "/v2/sequences/unsubscribed_emails"

// unsubscribedJSON is an address that was unsubscribed this many seconds after noon.
func unsubscribedJSON(email string, second int) string {
	return fmt.Sprintf(`{"email_address":"%s","created_at":"%s"}`, email, stamp(second))
}

func (c *client) unsubscribe(addresses string) answer {
	c.t.Helper()
	return c.send("POST", unsubscribedPath, `{"data":{"email_addresses":`+addresses+`}}`)
}

func TestAddressesAreUnsubscribedOnce(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	c.wants(c.unsubscribe(`["Grace@Navy.example.com"]`), 200, `{"data":[`+unsubscribedJSON("grace@navy.example.com", 0)+`]}`)
	c.server.Advance(time.Second)
	c.wants(c.unsubscribe(`["henry@example.com","GRACE@navy.example.com","Henry@example.com"]`), 200,
		`{"data":[`+unsubscribedJSON("henry@example.com", 1)+`,`+unsubscribedJSON("grace@navy.example.com", 0)+`]}`)
	other := c.as(c.server.Token("other"))
	c.wants(other.unsubscribe(`["grace@navy.example.com"]`), 200, `{"data":[`+unsubscribedJSON("grace@navy.example.com", 1)+`]}`)
	want := []fake.Unsubscribed{{Email: "grace@navy.example.com", CreatedAt: noon}, {Email: "henry@example.com", CreatedAt: noon.Add(time.Second)}}
	if diff := cmp.Diff(want, c.server.Workspace("acme").Unsubscribed()); diff != "" {
		t.Error(diff)
	}
}

func TestUnsubscribingThatIsRefused(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	invalid := func(i int) string {
		return fmt.Sprintf(`{"code":"invalid","path":["data","email_addresses",%d],"message":"Invalid email address"}`, i)
	}
	many := func(n int) string { return "[" + strings.Repeat(`"a@example.com",`, n-1) + `"a@example.com"]` }
	for sent, want := range map[string]string{
		``:                                `{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`,
		`{"data":{}}`:                     required("email_addresses", "array"),
		`{"data":{"email_addresses":[]}}`: `{"code":"too_small","path":["data","email_addresses"],"message":"Array must contain at least 1 element(s)"}`,
		`{"data":{"email_addresses":"a@example.com"}}`:                          `{"code":"invalid_type","path":["data","email_addresses"],"message":"Expected array, received string","expected":"array","received":"string"}`,
		`{"data":{"email_addresses":[null]}}`:                                   `{"code":"invalid_type","path":["data","email_addresses",0],"message":"Expected string, received null","expected":"string","received":"null"}`,
		`{"data":{"email_addresses":["a@example.com","a","",7,"b@x.invalid"]}}`: invalid(1) + "," + invalid(2) + `,{"code":"invalid_type","path":["data","email_addresses",3],"message":"Expected string, received number","expected":"string","received":"number"},` + invalid(4),
		`{"data":{"email_addresses":` + many(1001) + `}}`:                       `{"code":"too_big","path":["data","email_addresses"],"message":"Array must contain at most 1000 element(s)"}`,
	} {
		c.wants(c.send("POST", unsubscribedPath, sent), 400, badShape(want))
	}
	if listed := c.server.Workspace("acme").Unsubscribed(); listed != nil {
		t.Errorf("got %v", listed)
	}
	c.wants(c.unsubscribe(many(1000)), 200, `{"data":[`+unsubscribedJSON("a@example.com", 0)+`]}`)
}

func TestUnsubscribingNeedsItsScope(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	acme := c.server.Workspace("acme")
	c.as(acme.AddToken(fake.Token{Scopes: []string{"sequence_unsubscribe:read-write"}}).Value).must("POST", unsubscribedPath, `{"data":{"email_addresses":["a@example.com"]}}`)
	if got := c.as(acme.AddToken(fake.Token{Scopes: []string{"email:read-write"}}).Value).unsubscribe(`[]`); got.Status != 403 {
		t.Errorf("got %d %s", got.Status, got.Body)
	}
}
