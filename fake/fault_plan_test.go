package fake_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestPlansAndLimitsRefuseTheOperationsThatAttioDocuments(t *testing.T) {
	t.Parallel()
	const id = "/50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	refusal := func(head, message string) string { return "{" + head + `,"message":"` + message + `"}` }
	const (
		quotaOfObjects = `"status_code":400,"type":"invalid_request_error","code":"quota_exceeded"`
		quota          = `"status_code":403,"type":"auth_error","code":"quota_exceeded"`
		billing        = `"status_code":403,"type":"auth_error","code":"billing_error"`
		limit          = `"status_code":400,"type":"invalid_request_error","code":"limit_reached"`
	)
	for name, tc := range map[string]struct {
		fault fake.FaultKind
		want  map[string]string // by request
		pass  []string
	}{
		"the quota": {fake.QuotaExceeded, map[string]string{
			"POST /v2/objects": refusal(quotaOfObjects, "You have met your plan's object limit. Please upgrade your plan to create more objects."),
			"POST /v2/meetings" + id + "/call_recordings": refusal(quota, "You have met your plan's call recording limit. Please upgrade your plan to create more call recordings."),
			"POST /v2/files/upload":                       refusal(quota, "You have met your plan's file storage limit. Please upgrade your plan to upload more files."),
		}, []string{"GET /v2/objects", "GET /v2/nothing"}},
		"the plan": {fake.BillingError, map[string]string{
			"POST /v2/lists": refusal(billing, "You attempted to create a List using permissions features that are not currently supported on your plan. "+
				"Please upgrade, contact sales, or try a different access configuration for your list."),
			"POST /v2/activities":                         refusal(billing, "Custom activities are not supported on your plan. Please upgrade or contact sales to gain access."),
			"POST /v2/activities/phone_calls/records":     refusal(billing, "You attempted to create an activity record, which is not currently supported on your plan. Please upgrade or contact sales."),
			"PUT /v2/activities/phone_calls/records":      refusal(billing, "You attempted to create an activity record, which is not currently supported on your plan. Please upgrade or contact sales."),
			"POST /v2/meetings" + id + "/call_recordings": refusal(billing, "You attempted to create a call recording, which is not currently supported on your plan. Please upgrade or contact sales."),
			"POST /v2/files/upload":                       refusal(billing, "You attempted to upload a file, which is not currently supported on your plan. Please upgrade or contact sales."),
		}, []string{"GET /v2/lists"}},
		"a limit": {fake.LimitReached, map[string]string{
			"POST /v2/tasks":       refusal(limit, "You have reached the limit of tasks."),
			"PATCH /v2/tasks" + id: refusal(limit, "You have reached the limit of tasks."),
		}, []string{"GET /v2/tasks", "DELETE /v2/tasks" + id}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := fake.New(t, fake.WithoutSocket())
			fault := srv.Fail(tc.fault.OnAny())
			ask := func(request string) string {
				method, path, _ := strings.Cut(request, " ")
				_, body := send(t, srv, method, path, "")
				return body
			}
			for request, want := range tc.want {
				if diff := cmp.Diff(want, ask(request)); diff != "" {
					t.Errorf("%s: (-want +got)\n%s", request, diff)
				}
			}
			for _, request := range tc.pass {
				ask(request)
			}
			if fault.Hits() != len(tc.want) {
				t.Errorf("it hit %d requests, not %d", fault.Hits(), len(tc.want))
			}
		})
	}
}

func TestAMissingPermissionIsRefusedInTheOperationsOwnWords(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	fault := srv.Fail(fake.NoPermission.OnAny())
	parameter := regexp.MustCompile(`\{[a-z_]+\}`)
	sentences := 0
	for _, op := range attio.Operations() {
		if op.WhyNotBuilt != "" {
			continue
		}
		path := strings.ReplaceAll(op.Path, "{target}", "lists")
		status, body := send(t, srv, op.Method, parameter.ReplaceAllString(path, "50cf242c-7fa3-4cad-87d0-75b1af71c57b"), "")
		if op.Denial == "" {
			continue // it was answered as without the fault
		}
		sentences++
		want := fmt.Sprintf(`{"status_code":403,"type":"auth_error","code":"unauthorized","message":%q}`, op.Denial)
		if status != 403 || body != want {
			t.Errorf("%s: %d %s\nwant %s", op.Name, status, body, want)
		}
	}
	if sentences < 25 || fault.Hits() != sentences {
		t.Errorf("%d operations have a sentence, and the fault hit %d requests", sentences, fault.Hits())
	}
	for _, request := range srv.Requests(fake.RequestFilter{Status: 403}) {
		if len(request.Faults) != 1 {
			t.Errorf("%s %s is 403 without the fault", request.Method, request.Path)
		}
	}
}

func TestNoPermissionIsForOperationsThatCanSaySo(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	srv := fake.New(r, fake.WithoutSocket())
	defer srv.Close()
	srv.Fail(fake.NoPermission.On("records.get"))
	if len(r.fatal) != 1 || !strings.HasPrefix(r.fatal[0], "fake: the rule can never match: only objects.create, objects.update, ") {
		t.Errorf("the test ended with %q", r.fatal)
	}
}
