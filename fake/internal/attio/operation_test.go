package attio

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTheTableHasEveryOperationOnce(t *testing.T) {
	t.Parallel()
	names, routes := map[string]bool{}, map[string]bool{}
	for _, op := range Operations() {
		route := op.Method + " " + op.Path
		if names[op.Name] || routes[route] {
			t.Errorf("%s (%s) stands twice", op.Name, route)
		}
		names[op.Name], routes[route] = true, true
		if !regexp.MustCompile(`^[a-z_]+\.[a-z]+$`).MatchString(op.Name) {
			t.Errorf("%s is not named resource.verb", op.Name)
		}
		if !strings.HasPrefix(op.Path, "/v2/") {
			t.Errorf("%s is not under /v2: %s", op.Name, op.Path)
		}
		if _, err := NewScopeSet(op.Scopes...); err != nil {
			t.Errorf("%s: %v", op.Name, err)
		}
		if op.Method == "GET" && op.Write {
			t.Errorf("%s is a GET that writes", op.Name)
		}
	}
	if len(names) != 105 {
		t.Errorf("got %d operations, Attio has 105", len(names))
	}
}

func TestAnAttributeNeedsTheScopesOfItsTarget(t *testing.T) {
	t.Parallel()
	op := find(t, "attributes.create")
	if diff := cmp.Diff([]Scope{"object_configuration:read-write"}, op.ScopesFor("objects")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Scope{"list_configuration:read-write"}, op.ScopesFor("lists")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Scope{"activity_configuration:read-write"}, op.ScopesFor("activities")); diff != "" {
		t.Error(diff)
	}
	members := find(t, "workspace_members.list")
	if diff := cmp.Diff([]Scope{"user_management:read"}, members.ScopesFor("")); diff != "" {
		t.Error(diff)
	}
}

func TestDeletesIdentifyAndWebhookWritesSendNoAccurateAt(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"self.identify": false, "records.delete": false, "webhooks.create": false, "webhooks.update": false,
		"webhooks.list": true, "workspace_members.list": true, "records.create": true, "records.query": true,
	} {
		if got := find(t, name).SendsAccurateAt(); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestQueriesOfRecordsAndEntriesAreAccurateToTheMillisecond(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.February, 2, 9, 35, 48, 795_863_421, time.FixedZone("", 3600))
	for name, want := range map[string]string{
		"records.query": "2026-02-02T08:35:48.795000000Z", "entries.query": "2026-02-02T08:35:48.795000000Z",
		"records.get": "2026-02-02T08:35:48.795863000Z", "records.search": "2026-02-02T08:35:48.795863000Z",
	} {
		if got := find(t, name).AccurateAt(now).String(); got != want {
			t.Errorf("%s: want %s, got %s", name, want, got)
		}
	}
}

func find(t *testing.T, name string) *Operation {
	t.Helper()
	for _, op := range Operations() {
		if op.Name == name {
			return op
		}
	}
	t.Fatalf("no operation %s", name)
	return nil
}
