package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// The workspace of February 2026 was filled by a public program; of most of its records only a few values were kept.
func TestQueriesOfTheSeededWorkspaceFindWhatWasRecorded(t *testing.T) {
	t.Parallel()
	c := newClient(t, seededWorkspace(t).scenario(t))
	for _, name := range []string{
		"arcade__deals_by_stage_projection", "arcade__deals_over_50k_projection", "arcade__deals_by_close_date_projection",
		"arcade__list_all_companies_projection", "arcade__technology_companies_projection", "arcade__compound_filter_projection",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			recording := contract.FindRecording(t, name)
			var want []seededRecord
			decode(t, string(recording.Projection), &want)
			got := projected(t, contract.Do(t, c.http, c.server.URL, c.token, recording))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-recorded +got)\n%s", diff)
			}
		})
	}
	t.Run("the greatest deal", func(t *testing.T) {
		t.Parallel()
		recording := contract.FindRecording(t, "arcade__sort_and_limit")
		got := projected(t, contract.Do(t, c.http, c.server.URL, c.token, recording))
		if want := things(t, recording)[0].ID.Record; len(got) != 1 || got[0].ID != want {
			t.Errorf("want %s alone, got %+v", want, got)
		}
	})
}

// seededRecord is what was kept of a record, without teams, which come in no order.
type seededRecord struct {
	ID         string `json:"record_id"`
	CreatedAt  string `json:"created_at"`
	Name       string
	Stage      string
	Value      float64
	Categories []string
	Employees  []string `json:"employee_range"`
	ARR        []string `json:"estimated_arr_usd"`
}

// seededWorkspace has the records of all answers with the values that were kept.
func seededWorkspace(t *testing.T) *rebuilt {
	t.Helper()
	r := newRebuilt()
	read := func(name string) (all []seededRecord) {
		decode(t, string(contract.FindRecording(t, name).Projection), &all)
		return all
	}
	stages := []string{}
	for _, d := range read("arcade__deals_by_close_date_projection") {
		if !slices.Contains(stages, d.Stage) {
			stages = append(stages, d.Stage)
		}
		r.object("deals")["records"].(J)[d.ID] = J{"id": d.ID, "created_at": d.CreatedAt, "name": d.Name, "stage": d.Stage, "value": d.Value, "owner": "owner@example.com"}
	}
	r.object("deals")["attributes"] = J{"stage": J{"statuses": stages}}
	for _, name := range []string{"arcade__list_all_companies_projection", "arcade__technology_companies_projection", "arcade__compound_filter_projection"} {
		for _, company := range read(name) { // their ranges and categories are Attio's own
			r.object("companies")["records"].(J)[company.ID] = J{"id": company.ID, "created_at": company.CreatedAt, "name": company.Name,
				"categories": company.Categories, "employee_range": company.Employees, "estimated_arr_usd": company.ARR}
		}
	}
	return r
}

// projected reduces the records of an answer to what was kept of the recorded ones.
func projected(t *testing.T, answer contract.Answer) (all []seededRecord) {
	t.Helper()
	type titled struct{ Title string }
	var body struct {
		Data []struct {
			ID struct {
				Record string `json:"record_id"`
			}
			CreatedAt string `json:"created_at"`
			Values    struct {
				Name  []struct{ Value string }
				Stage []struct{ Status titled }
				Value []struct {
					Amount float64 `json:"currency_value"`
				}
				Categories []struct{ Option titled }
				Employees  []struct{ Option titled } `json:"employee_range"`
				ARR        []struct{ Option titled } `json:"estimated_arr_usd"`
			}
		}
	}
	decode(t, string(answer.Body), &body)
	titles := func(of []struct{ Option titled }) (all []string) {
		for _, o := range of {
			all = append(all, o.Option.Title)
		}
		return all
	}
	for _, r := range body.Data {
		kept := seededRecord{ID: r.ID.Record, CreatedAt: r.CreatedAt, Name: r.Values.Name[0].Value,
			Categories: titles(r.Values.Categories), Employees: titles(r.Values.Employees), ARR: titles(r.Values.ARR)}
		if r.Values.Stage != nil {
			kept.Stage, kept.Value = r.Values.Stage[0].Status.Title, r.Values.Value[0].Amount
		}
		all = append(all, kept)
	}
	return all
}

func TestRefusedQueriesAreWordedAsNoted(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(schemaScenario))
	for _, name := range []string{"arcade__filter_errors", "arcade__filter_errors#1"} {
		recording := contract.FindRecording(t, name)
		got := contract.Do(t, c.http, c.server.URL, c.token, recording)
		var want string
		var refused struct{ Message string }
		decode(t, string(recording.Projection), &want)
		decode(t, string(got.Body), &refused)
		// Only one person's notes are the source of its final full stop, and of which option the sentence names.
		want = strings.TrimSuffix(strings.ReplaceAll(want, "501-1000", "201-500"), ".")
		if got.Status != recording.Answer.Status || refused.Message != want {
			t.Errorf("%s: want %q, got %d %q", name, want, got.Status, refused.Message)
		}
	}
}

func TestAttributesStandInTheRecordedOrder(t *testing.T) {
	t.Parallel()
	for name, object := range map[string]string{"arcade__attributes_companies_projection": "companies", "arcade__attributes_deals_projection": "deals"} {
		t.Run(object, func(t *testing.T) {
			t.Parallel()
			type listed struct {
				Slug  string `json:"api_slug"`
				Title string
				Type  string
			}
			var want []listed
			var got struct{ Data []listed }
			recording := contract.FindRecording(t, name)
			decode(t, string(recording.Projection), &want)
			c := newClient(t, fake.YAML(schemaScenario), fake.YAML(withDeals))
			decode(t, string(contract.Do(t, c.http, c.server.URL, c.token, recording).Body), &got)
			if diff := cmp.Diff(want, got.Data); diff != "" {
				t.Errorf("(-recorded +got)\n%s", diff)
			}
		})
	}
}

func TestEntriesComeInTheRecordedOrder(t *testing.T) {
	t.Parallel()
	recording := contract.FindRecording(t, "kessdoc__entries_query_order")
	var want struct {
		Data []struct {
			Entry  string `json:"entry_id"`
			Parent string `json:"parent_record_id"`
		}
	}
	decode(t, string(recording.Projection), &want)
	r := newRebuilt()
	entries := J{}
	for i, e := range want.Data {
		r.object("companies")["records"].(J)[e.Parent] = J{"id": e.Parent}
		entries[fmt.Sprint("e", (i*7)%len(want.Data))] = J{"id": e.Entry, "record": e.Parent}
	}
	r.lists["sales"] = J{"parent_object": "companies", "id": strings.Split(recording.Path, "/")[3], "entries": entries}
	c := newClient(t, r.scenario(t))
	var got struct{ Data []recordedThing }
	decode(t, string(contract.Do(t, c.http, c.server.URL, c.token, recording).Body), &got)
	for i, e := range want.Data {
		if len(got.Data) != len(want.Data) || got.Data[i].ID.Entry != e.Entry || got.Data[i].Parent != e.Parent {
			t.Fatalf("want %+v, got %+v", want.Data, got.Data)
		}
	}
}
