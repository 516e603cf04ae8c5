package chaos_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// run runs a client under all faults, without processes of its own.
func run(t *testing.T, sync func(ctx context.Context, srv *fake.Server) error, options ...fake.ChaosOption) fake.ChaosReport {
	t.Helper()
	options = append([]fake.ChaosOption{fake.ChaosServer(fake.YAML(five), fake.WithoutSocket()), fake.ChaosTimeout(10 * time.Second)}, options...)
	report, err := fake.RunChaos(t.Context(), sync, nil, options...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// verdicts returns the verdicts of runs by their names.
func verdicts(report fake.ChaosReport) map[string]string {
	found := make(map[string]string)
	for _, r := range report.Runs() {
		name := r.Operation
		if r.Call > 0 {
			name += fmt.Sprint("@", r.Call)
		}
		found[name+":"+r.Fault] = string(r.Verdict)
	}
	return found
}

// hasty gives up at the first error.
func hasty(act func(c client) error) func(context.Context, *fake.Server) error {
	return func(_ context.Context, srv *fake.Server) error { return act(newClient(srv)) }
}

func promoteA(c client) error { return c.promote(fake.ID("acme/people/a")) }

func TestEveryFaultThatTheClientMeetsIsARunAndTheOthersAreSkipped(t *testing.T) {
	t.Parallel()
	report := run(t, hasty(promoteA), fake.ChaosServer(fake.YAML(`{version: 1, workspaces: {acme: {limits: attio}}}`)), fake.ChaosClientTimeout(time.Millisecond),
		fake.ChaosOnly("records.update", "webhooks", "limits", "clock-jump", "unordered"), fake.ChaosTimeout(300*time.Millisecond))
	want := map[string]string{"records.update:hang": "hung", "records.update:slow": "hung"}
	for _, fault := range []string{"rate-limited", "unauthorized", "forbidden", "no-permission", "write-conflict", "internal", "bad-gateway", "unavailable",
		"disconnect", "answer-lost", "cut-off", "invalid-json", "scope-lost", "record-deleted", "record-merged"} {
		want["records.update:"+fault] = "failed-recovers"
	}
	want["server:unordered"] = "survived"
	if diff := cmp.Diff(want, verdicts(report)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	var skipped struct {
		Skipped []struct{ Operation, Fault, Reason string }
	}
	decode(t, report, &skipped)
	reasons := make(map[string]string)
	for _, s := range skipped.Skipped {
		reasons[s.Operation+":"+s.Fault] = s.Reason
	}
	if diff := cmp.Diff(map[string]string{
		"records.update:quota-exceeded": "Attio never refuses the operation so",
		"records.update:billing-error":  "Attio never refuses the operation so",
		"records.update:limit-reached":  "Attio never refuses the operation so",
		"records.update:page-shifted":   "it asks for no further page of records, entries, notes or tasks",
		"webhooks:duplicated":           "there were 0 deliveries of webhooks",
		"webhooks:reordered":            "there were 0 deliveries of webhooks",
		"webhooks:delayed":              "there were 0 deliveries of webhooks",
		"webhooks:batched":              "there were 0 deliveries of webhooks",
		"webhooks:failed-then-retried":  "there were 0 deliveries of webhooks",
		"server:limits":                 "0 reads and 1 writes are within the limits of one second",
		"server:clock-jump":             "there is no second request, before which the clock could jump",
	}, reasons); diff != "" {
		t.Errorf("skipped (-want +got)\n%s", diff)
	}
}

func TestSomebodyDeletesAndMergesWhatTheClientHasJustMade(t *testing.T) {
	t.Parallel()
	const upsert = "/v2/objects/people/records?matching_attribute=email_addresses"
	make := func(c client, method, path string, person object) (id string, err error) {
		var made struct {
			Data struct {
				ID struct {
					RecordID string `json:"record_id"`
				}
			}
		}
		err = c.do(method, path, values(person), &made)
		return made.Data.ID.RecordID, err
	}
	for name, tc := range map[string]struct {
		sync func(c client) error
		want map[string]string
	}{
		"a client that makes a person, whom it then changes": {
			func(c client) error {
				id, err := make(c, "POST", "/v2/objects/people/records", object{"name": "Hopper, Grace"})
				if err != nil {
					return err
				}
				return c.promote(id)
			},
			map[string]string{"records.update:record-deleted": "failed-recovers", "records.update:record-merged": "failed-damages"},
		},
		"one that ignores that the person is gone": {
			func(c client) error {
				id, err := make(c, "POST", "/v2/objects/people/records", object{"name": "Hopper, Grace"})
				if err != nil {
					return err
				}
				_, err = make(c, "POST", "/v2/objects/people/records", object{"name": "Lovelace, Ada"})
				if err == nil && c.promote(id) == statusError(404) {
					_, err = make(c, "POST", "/v2/objects/people/records", object{"name": "Lovelace, Ada"}) // and confuses them
				}
				return err
			},
			map[string]string{
				"records.create:record-deleted": "silent-damage", "records.create:record-merged": "silent-damage",
				"records.update:record-deleted": "silent-damage", "records.update:record-merged": "silent-damage",
			},
		},
		"one that makes the person again, found by its address": {
			func(c client) error {
				for range 2 {
					id, err := make(c, "PUT", upsert, grace)
					if err != nil {
						return err
					}
					if err := c.promote(id); err != statusError(404) {
						return err
					}
				}
				return nil
			},
			map[string]string{"records.update:record-deleted": "survived", "records.update:record-merged": "survived"},
		},
		"one that writes a note about the person": {
			func(c client) error {
				id, err := make(c, "PUT", upsert, grace)
				if err != nil {
					return err
				}
				note := object{"parent_object": "people", "parent_record_id": id, "title": "Call", "format": "plaintext", "content": "Went well."}
				return withoutGone(c.do("POST", "/v2/notes", object{"data": note}, nil))
			},
			map[string]string{"notes.create:record-deleted": "survived", "notes.create:record-merged": "survived"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, verdicts(run(t, hasty(tc.sync), fake.ChaosOnly("record-deleted", "record-merged")))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestAPageIsShiftedByTheLossOfWhatTheClientHasMade(t *testing.T) {
	t.Parallel()
	report := run(t, hasty(func(c client) error {
		for _, name := range []string{"One, A", "Two, B", "Three, C"} {
			if err := c.do("POST", "/v2/objects/people/records", values(object{"name": name}), nil); err != nil {
				return err
			}
		}
		for offset := 0; ; offset += 2 {
			ids, err := c.people(offset)
			if err != nil || len(ids) == 0 {
				return err
			}
			for _, id := range ids {
				if err := c.promote(id); err != nil {
					return err
				}
			}
		}
	}), fake.ChaosOnly("page-shifted"), fake.ChaosServer(fake.YAML(`{version: 1, workspaces: {acme: {tokens: {full: {scopes: all}}}}}`)))
	if diff := cmp.Diff(map[string]string{"records.query:page-shifted": "silent-damage"}, verdicts(report)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAPageOfTasksIsShiftedToo(t *testing.T) {
	t.Parallel()
	type id struct {
		TaskID string `json:"task_id"`
	}
	report := run(t, hasty(func(c client) error {
		for _, content := range []string{"One", "Two", "Three"} {
			task := object{"content": content, "format": "plaintext", "deadline_at": nil, "is_completed": false, "linked_records": []any{}, "assignees": []any{}}
			if err := c.do("POST", "/v2/tasks", object{"data": task}, nil); err != nil {
				return err
			}
		}
		for offset := 0; ; offset += 2 {
			var page struct{ Data []struct{ ID id } }
			if err := c.do("GET", fmt.Sprint("/v2/tasks?limit=2&offset=", offset), nil, &page); err != nil || len(page.Data) == 0 {
				return err
			}
			for _, task := range page.Data {
				if err := c.do("PATCH", "/v2/tasks/"+task.ID.TaskID, object{"data": object{"is_completed": true}}, nil); err != nil {
					return err
				}
			}
		}
	}), fake.ChaosOnly("page-shifted"))
	if diff := cmp.Diff(map[string]string{"tasks.list:page-shifted": "silent-damage"}, verdicts(report)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func decode(t *testing.T, report fake.ChaosReport, into any) {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), into); err != nil {
		t.Fatal(err)
	}
}

func TestWhatDiffersBetweenTwoRunsWithoutFaultsIsNotCompared(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	report := run(t, hasty(func(c client) error {
		times := n.Add(1)
		body := values(object{"job_title": fmt.Sprint("Admiral ", times), "description": "An admiral"})
		if err := c.do("PATCH", "/v2/objects/people/records/"+fake.ID("acme/people/a"), body, nil); err != nil {
			return err
		}
		for range times % 2 {
			if _, err := c.people(0); err != nil {
				return err
			}
		}
		return nil
	}), fake.ChaosOnly("records.update:answer-lost", "records.update:disconnect"))
	if diff := cmp.Diff([]string{"people.job_title", "records.query: 1 or 0 calls"}, report.Unsteady()); diff != "" {
		t.Errorf("unsteady (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"records.update:answer-lost": "failed-recovers", "records.update:disconnect": "failed-recovers"}, verdicts(report)); diff != "" {
		t.Errorf("verdicts (-want +got)\n%s", diff)
	}
}

func TestWhatIsNormalisedIsNotCompared(t *testing.T) {
	t.Parallel()
	sync := hasty(func(c client) error {
		err := promoteA(c)
		if err == statusError(500) {
			return nil
		}
		return err
	})
	only := fake.ChaosOnly("internal")
	if got := verdicts(run(t, sync, only)); got["records.update:internal"] != "silent-damage" {
		t.Errorf("compared: %v", got)
	}
	if got := verdicts(run(t, sync, only, fake.ChaosNormalise("people.job_title"))); got["records.update:internal"] != "survived" {
		t.Errorf("normalised: %v", got)
	}
}

func TestTheReportSaysIfTheClientCannotBeRunAgain(t *testing.T) {
	t.Parallel()
	report := run(t, hasty(func(c client) error {
		return c.do("POST", "/v2/objects/people/records", values(object{"name": "Hopper, Grace"}), nil)
	}), fake.ChaosOnly("server"))
	var told struct {
		Baseline struct {
			Repeats []struct{ Action, Thing, In, Name string }
		}
	}
	decode(t, report, &told)
	if got := fmt.Sprint(told.Baseline.Repeats); got != "[{duplicated record people Grace Hopper}]" {
		t.Errorf("it says %s", got)
	}
}

func TestFaultsHitEachCallOnDemand(t *testing.T) {
	t.Parallel()
	report := run(t, hasty(func(c client) error {
		for _, key := range []string{"a", "b"} {
			if err := c.promote(fake.ID("acme/people/" + key)); err != nil {
				return err
			}
		}
		return nil
	}), fake.ChaosEachCall(), fake.ChaosOnly("disconnect", "record-deleted"))
	want := map[string]string{
		"records.update@1:disconnect": "failed-recovers", "records.update@2:disconnect": "failed-recovers",
		"records.update@1:record-deleted": "failed-damages", // it never gets to the second one
		"records.update@2:record-deleted": "failed-recovers",
	}
	if diff := cmp.Diff(want, verdicts(report)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPairsAreOfFaultsThatAreAcceptedAlone(t *testing.T) {
	t.Parallel()
	report := run(t, hasty(func(c client) error {
		if promoteA(c) == nil {
			return nil
		}
		return promoteA(c) // once more
	}), fake.ChaosPairs(), fake.ChaosOnly("rate-limited", "internal", "forbidden"), fake.ChaosMust("", "", fake.ChaosSurvived),
		fake.ChaosMust("", "forbidden", fake.ChaosSurvived))
	var told struct {
		Runs []struct {
			Operation, Fault, Verdict, Repeat string
			With                              []struct{ Operation, Fault string }
		}
	}
	decode(t, report, &told)
	var found []string
	for _, r := range told.Runs {
		found = append(found, r.Repeat+" "+r.Verdict)
	}
	want := []string{
		"records.update:rate-limited survived", "records.update:forbidden survived", "records.update:internal survived",
		"records.update:rate-limited+records.update:forbidden failed-recovers",
		"records.update:rate-limited+records.update:internal failed-recovers",
		"records.update:forbidden+records.update:internal failed-recovers",
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestALimitIsMetByManyWrites(t *testing.T) {
	t.Parallel()
	report := run(t, hasty(func(c client) error {
		for i := range 30 {
			body := values(object{"job_title": fmt.Sprint("Rank ", i)})
			if err := c.do("PATCH", "/v2/objects/people/records/"+fake.ID("acme/people/a"), body, nil); err != nil {
				return err
			}
		}
		return nil
	}), fake.ChaosOnly("server"), fake.ChaosServer(fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC))))
	want := map[string]string{"server:limits": "failed-damages", "server:unordered": "survived", "server:clock-jump": "survived"}
	if diff := cmp.Diff(want, verdicts(report)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAClientThatFailsByItselfIsNotRunUnderFaults(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		sync    func(context.Context, *fake.Server) error
		options []fake.ChaosOption
		want    string
	}{
		"it fails":               {hasty(func(c client) error { return c.promote("nobody") }), nil, "it fails without any fault\nstatus 400\nrefused #1 PATCH /v2/objects/people/records/nobody: 400 "},
		"it asks Attio nothing":  {hasty(func(client) error { return nil }), nil, "it makes no request to Attio that could fail\n"},
		"it does not end":        {func(ctx context.Context, _ *fake.Server) error { <-ctx.Done(); return nil }, []fake.ChaosOption{fake.ChaosTimeout(time.Millisecond)}, "it does not end, even without a fault\n"},
		"an unknown fault":       {hasty(promoteA), []fake.ChaosOption{fake.ChaosOnly("records.update:answer-loss")}, `unknown fault "answer-loss"; did you mean "answer-lost"?`},
		"an unknown operation":   {hasty(promoteA), []fake.ChaosOption{fake.ChaosOnly("records.updat")}, `unknown operation "records.updat"; did you mean "records.update"?`},
		"an unknown verdict":     {hasty(promoteA), []fake.ChaosOption{fake.ChaosMust("", "", "survives")}, `unknown verdict "survives"; did you mean "survived"?`},
		"a finding for nothing":  {hasty(promoteA), []fake.ChaosOption{fake.ChaosAccept(fake.ChaosAccepted{Operation: "records.update", Fault: "hang", Verdict: fake.ChaosHung})}, "the accepted finding records.update:hang has no reason; say why it is acceptable"},
		"rules that nobody has":  {hasty(promoteA), []fake.ChaosOption{fake.ChaosRules("nowhere.yaml")}, "the rules:\nnowhere.yaml cannot be read"},
		"a server that is wrong": {hasty(promoteA), []fake.ChaosOption{fake.ChaosServer(fake.Scenario("acmee"))}, "acmee"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			options := append([]fake.ChaosOption{fake.ChaosServer(fake.YAML(five), fake.WithoutSocket())}, tc.options...)
			_, err := fake.RunChaos(t.Context(), tc.sync, nil, options...)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, not %s", err, tc.want)
			}
		})
	}
}

func TestARunThatCannotBeMadeEndsTheOthers(t *testing.T) {
	t.Parallel()
	var attempts atomic.Int64
	report, err := fake.RunChaos(t.Context(), func(_ context.Context, srv *fake.Server) error {
		if attempts.Add(1) == 5 { // three without faults, and the two of the first run
			return &fake.ChaosBroken{Err: errors.New("no port is free")}
		}
		return promoteA(newClient(srv))
	}, nil, fake.ChaosServer(fake.YAML(five), fake.WithoutSocket()), fake.ChaosParallel(1), fake.ChaosOnly("internal", "disconnect", "unavailable"))
	if err == nil || !strings.Contains(err.Error(), "could not be made: no port is free") || !errors.As(err, new(*fake.ChaosBroken)) {
		t.Errorf("it fails with %v", err)
	}
	var told struct{ Incomplete string }
	decode(t, report, &told)
	if told.Incomplete != err.Error() || len(report.Runs()) > 1 {
		t.Errorf("the report has the runs %v, and says it is incomplete because %s", report.Runs(), told.Incomplete)
	}
}

func TestEachRunIsReportedAsItEnds(t *testing.T) {
	t.Parallel()
	var counts, faults []string
	_, err := fake.RunChaos(t.Context(), hasty(promoteA), func(r fake.ChaosRun, over, of int) {
		counts = append(counts, fmt.Sprintf("%d of %d", over, of))
		faults = append(faults, r.Fault)
	}, fake.ChaosServer(fake.YAML(five), fake.WithoutSocket()), fake.ChaosOnly("internal", "disconnect", "clock-jump"))
	slices.Sort(faults) // either may end first
	if err != nil || !slices.Equal(counts, []string{"1 of 2", "2 of 2"}) || !slices.Equal(faults, []string{"disconnect", "internal"}) {
		t.Errorf("told %v of %v: %v", counts, faults, err)
	}
}
