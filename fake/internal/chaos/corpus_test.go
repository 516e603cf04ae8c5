package chaos_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/fakeattio/fakeattio/fake"
)

// five is a workspace with five people.
const five = `
version: 1
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects:
      people: {records: {a: {name: "A, A"}, b: {name: "B, B"}, c: {name: "C, C"}, d: {name: "D, D"}, e: {name: "E, E"}}}
      companies: {}
users: {ada: {email: ada@example.com}}
`

// integration is a client of Attio's with its test.
type integration func(t *testing.T, srv *fake.Server)

// check makes an integration of what returns an error.
func check(sync func(srv *fake.Server) error) integration {
	return func(t *testing.T, srv *fake.Server) {
		if err := sync(srv); err != nil {
			t.Fatal(err)
		}
	}
}

var grace = object{"name": "Hopper, Grace", "email_addresses": []string{"grace@navy.example.com"}}

var corpus = map[string]struct {
	flawed, mended integration
	finds          map[string]fake.ChaosVerdict // by the name of the run
}{
	"a client that retries a POST blindly": {
		flawed: check(func(srv *fake.Server) error {
			return patient(srv).do("POST", "/v2/objects/people/records", values(object{"name": "Hopper, Grace"}), nil)
		}),
		mended: check(func(srv *fake.Server) error {
			return patient(srv).do("PUT", "/v2/objects/people/records?matching_attribute=email_addresses", values(grace), nil)
		}),
		finds: map[string]fake.ChaosVerdict{
			"records.create:answer-lost":  fake.ChaosSilentDamage,
			"records.create:cut-off":      fake.ChaosSilentDamage,
			"records.create:invalid-json": fake.ChaosSilentDamage,
			"records.create:disconnect":   fake.ChaosSurvived,
			"records.create:forbidden":    fake.ChaosFailedRecovers,
		},
	},
	"a client that ignores conflicts": {
		flawed: check(func(srv *fake.Server) error {
			err := newClient(srv).promote(fake.ID("acme/people/a"))
			if err == statusError(409) {
				return nil // somebody else has written it
			}
			return err
		}),
		mended: check(func(srv *fake.Server) error { return withoutGone(patient(srv).promote(fake.ID("acme/people/a"))) }),
		finds:  map[string]fake.ChaosVerdict{"records.update:write-conflict": fake.ChaosSilentDamage},
	},
	"a client that ends its listing when it is refused": {
		flawed: check(func(srv *fake.Server) error {
			c := newClient(srv)
			for offset := 0; ; offset += 2 {
				ids, err := c.people(offset)
				if err != nil && err != statusError(429) {
					return err
				}
				if len(ids) == 0 {
					return nil
				}
				for _, id := range ids {
					if err := c.promote(id); err != nil {
						return err
					}
				}
			}
		}),
		mended: check(promoteAll),
		finds: map[string]fake.ChaosVerdict{
			"records.query:rate-limited": fake.ChaosSilentDamage,
			"records.query:page-shifted": fake.ChaosSilentDamage,
			"records.query:unauthorized": fake.ChaosFailedRecovers,
		},
	},
	"a client that takes 404 for success": {
		flawed: check(func(srv *fake.Server) error {
			for _, key := range []string{"a", "b", "c"} {
				if err := patient(srv).promote(fake.ID("acme/people/" + key)); err != nil {
					return withoutGone(err) // and what of the others?
				}
			}
			return nil
		}),
		mended: check(func(srv *fake.Server) error {
			for _, key := range []string{"a", "b", "c"} {
				if err := withoutGone(patient(srv).promote(fake.ID("acme/people/" + key))); err != nil {
					return err
				}
			}
			return nil
		}),
		finds: map[string]fake.ChaosVerdict{
			"records.update:record-deleted": fake.ChaosSilentDamage,
			"records.update:record-merged":  fake.ChaosSilentDamage,
		},
	},
	"a client that swallows half an answer": {
		flawed: check(func(srv *fake.Server) error {
			c := newClient(srv)
			response, err := c.http.Do(c.request("POST", "/v2/objects/people/records/query", `{}`))
			if err != nil {
				return err
			}
			defer response.Body.Close()
			if response.StatusCode != 200 {
				return statusError(response.StatusCode)
			}
			var found page
			_ = json.NewDecoder(response.Body).Decode(&found)
			for _, id := range found.ids() {
				if err := c.promote(id); err != nil {
					return err
				}
			}
			return nil
		}),
		mended: check(promoteAll),
		finds: map[string]fake.ChaosVerdict{
			"records.query:cut-off":      fake.ChaosSilentDamage,
			"records.query:invalid-json": fake.ChaosSilentDamage,
		},
	},
	"a receiver that takes a delivery twice": {
		flawed: receiver(func(c client, _ string) error { // each time it makes another task
			task := object{"content": "Welcome", "format": "plaintext", "deadline_at": nil, "is_completed": false, "linked_records": []any{}, "assignees": []any{}}
			return c.do("POST", "/v2/tasks", object{"data": task}, nil)
		}),
		mended: receiver(func(c client, person string) error { return withoutGone(c.promote(person)) }),
		finds: map[string]fake.ChaosVerdict{
			"webhooks:duplicated":          fake.ChaosSilentDamage,
			"webhooks:failed-then-retried": fake.ChaosSilentDamage,
			"webhooks:delayed":             fake.ChaosSurvived,
		},
	},
	"a client that leaves half a write behind": {
		flawed: check(func(srv *fake.Server) error {
			c := newClient(srv)
			if err := c.do("POST", "/v2/objects/companies/records", values(object{"name": "Navy"}), nil); err != nil {
				return err
			}
			return c.do("PUT", "/v2/objects/people/records?matching_attribute=email_addresses", values(grace), nil)
		}),
		mended: check(func(srv *fake.Server) error {
			c := newClient(srv)
			navy := values(object{"name": "Navy", "domains": []string{"navy.example.com"}})
			if err := c.do("PUT", "/v2/objects/companies/records?matching_attribute=domains", navy, nil); err != nil {
				return err
			}
			return c.do("PUT", "/v2/objects/people/records?matching_attribute=email_addresses", values(grace), nil)
		}),
		finds: map[string]fake.ChaosVerdict{
			"records.upsert:unavailable": fake.ChaosFailedDamages,
			"records.create:unavailable": fake.ChaosFailedRecovers,
			"records.create:answer-lost": fake.ChaosFailedDamages,
		},
	},
	"a client that waits without end": {
		flawed: check(func(srv *fake.Server) error {
			c := newClient(srv)
			c.http.Timeout = 0
			_, err := c.people(0)
			return err
		}),
		mended: check(func(srv *fake.Server) error {
			_, err := newClient(srv).people(0)
			return err
		}),
		finds: map[string]fake.ChaosVerdict{"records.query:hang": fake.ChaosHung, "records.query:slow": fake.ChaosSurvived},
	},
}

// withoutGone leaves out the error for a record that is gone.
func withoutGone(err error) error {
	if err == statusError(404) {
		return nil
	}
	return err
}

// promoteAll promotes everybody, also those whom a listing misses because others disappear meanwhile.
func promoteAll(srv *fake.Server) error {
	c := patient(srv)
	var done []string
	for {
		before := len(done)
		for offset := 0; ; offset += 2 {
			ids, err := c.people(offset)
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				break
			}
			for _, id := range ids {
				if slices.Contains(done, id) {
					continue
				}
				if err := withoutGone(c.promote(id)); err != nil {
					return err
				}
				done = append(done, id)
			}
		}
		if len(done) == before {
			return nil
		}
	}
}

// receiver does something for each new person of whom it is told.
func receiver(act func(c client, person string) error) integration {
	return func(t *testing.T, srv *fake.Server) {
		c := patient(srv)
		hook := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var told struct {
				Events []struct {
					ID struct {
						RecordID string `json:"record_id"`
					}
				}
			}
			if json.NewDecoder(r.Body).Decode(&told) != nil {
				w.WriteHeader(400)
			}
			for _, event := range told.Events {
				if act(c, event.ID.RecordID) != nil {
					w.WriteHeader(500) // Attio tells it again in some minutes
				}
			}
		})
		srv.Workspace("acme").WebhookTo(hook, "record.created")
		for _, person := range []object{grace, {"name": "Borg, Anita", "email_addresses": []string{"anita@systers.example.com"}}} {
			if err := c.do("PUT", "/v2/objects/people/records?matching_attribute=email_addresses", values(person), nil); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestEveryPlantedFlawIsFoundAndNoneInItsMendedTwin(t *testing.T) {
	t.Parallel()
	options := []fake.ChaosOption{fake.ChaosBubble(synctest.Test), fake.ChaosServer(fake.YAML(five))}
	for name, tc := range corpus {
		t.Run(name, func(t *testing.T) {
			t.Run("flawed", func(t *testing.T) {
				report := fake.Chaos(t, tc.flawed, append(slices.Clip(options), fake.ChaosMust("", "", fake.ChaosSilentDamage))...)
				if report.Runs() == nil {
					return // in a process that only makes the runs
				}
				found := make(map[string]fake.ChaosRun)
				for _, run := range report.Runs() {
					found[run.Operation+":"+run.Fault] = run
				}
				for run, want := range tc.finds {
					if got := found[run]; got.Verdict != want {
						t.Errorf("%s: %s, not %s\n%v", run, got.Verdict, want, got.Diff)
					}
				}
			})
			t.Run("mended", func(t *testing.T) {
				fake.Chaos(t, tc.mended, options...)
			})
		})
	}
}
