package api_test

import (
	"bytes"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// recordedWorkspace has what the recordings are about, in its state before the request.
const recordedWorkspace = `
version: 1
users: {test: {email: test@example.com, first_name: Test, last_name: User}}
workspaces:
  acme:
    name: Test Workspace
    members: {test: admin}
    tokens:
      full:
        scopes: [call_recording:read-write, comment:read-write, file:read-write, list_configuration:read-write,
          list_entry:read-write, meeting:read-write, note:read-write, object_configuration:read-write,
          record_permission:read-write, task:read-write, user_management:read-write, webhook:read-write]
`

const withAvatar = `{version: 1, users: {test: {email: test@example.com, avatar_url: "https://example.com/avatar.png"}}}`

func TestAnswersAreLikeTheRecordedOnes(t *testing.T) {
	t.Parallel()
	member := fake.ID("acme/members/test")
	for name, tc := range map[string]struct {
		scenario string // merged over recordedWorkspace
		edits    []contract.Edit
		options  []contract.Option
	}{
		"nango__list_workspace_members": {},
		"kyle__workspace_member_get_0":  {},
		"nango__get_workspace_member":   {edits: []contract.Edit{contract.Replace("641ecd33-0a48-4b7b-ba48-bbb7a649a8ee", member)}},
		"kyle__workspace_member_get_1":  {edits: []contract.Edit{contract.Replace("635cebb2-d0d3-4c03-8485-44354bdf4cb1", member)}},
		"kyle__comments_create_get_delete_2": {options: []contract.Option{
			contract.Exact("active", "scope", "token_type", "exp", "iss", "workspace_name", "workspace_logo_url"), contract.Ignore("workspace_slug")}},
		"rbeene__api_response_workspace_members_list": {scenario: withAvatar},
		"rbeene__api_response_workspace_members_retrieve": {scenario: withAvatar, edits: []contract.Edit{func(r *contract.Recording) {
			r.Path = "/v2/workspace_members/" + member // only the endpoint was recorded
		}}},
		"kyle__people_list_0":    {options: []contract.Option{contract.Exact("code", "type", "message")}},
		"kyle__companies_list_0": {options: []contract.Option{contract.Exact("code", "type", "message")}},
		"kyle__deals_list_0":     {options: []contract.Option{contract.Exact("code", "type", "message")}},
		"kyle__entries_list_1":   {options: []contract.Option{contract.Exact("code", "type", "message")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenarios := []fake.Option{fake.YAML(recordedWorkspace)}
			if tc.scenario != "" {
				scenarios = append(scenarios, fake.YAML(tc.scenario))
			}
			c := newClient(t, scenarios...)
			recording := contract.FindRecording(t, name)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording, tc.edits...)
			got.Body = bytes.Replace(got.Body, []byte(`"token_level":"workspace",`), nil, 1) // newer than the recordings
			for _, difference := range contract.Compare(recording, got, tc.options...) {
				t.Error(difference)
			}
		})
	}
}

func TestHeadersAreAsLogged(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"amplog__objects_list_2026_01", "amplog__companies_query_2026_02", "amplog__webhooks_delete_2026_07"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(recordedWorkspace), fake.YAML(`
version: 1
workspaces: {acme: {webhooks: {hook: {target_url: "https://example.com", subscriptions: [], id: 04f98d8e-b820-4b8a-91bb-36c1e4d1fdc6}}}}
`))
			recording := contract.FindRecording(t, name)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording)
			for _, difference := range contract.Compare(recording, got) {
				t.Error(difference)
			}
			for _, header := range []string{"Content-Length", "X-Accurate-At", "X-Attio-Record-Query-Score"} {
				if want := recording.Answer.Header.Get(header); (want == "") != (got.Header.Get(header) == "") && header != "Content-Length" ||
					header != "X-Accurate-At" && want != "" && got.Header.Get(header) != want {
					t.Errorf("%s: want %q, got %q", header, want, got.Header.Get(header))
				}
			}
		})
	}
}

func TestATokenOfTheWrongLengthIsRefusedAsRecorded(t *testing.T) {
	t.Parallel()
	recording := contract.FindRecording(t, "rbeene__api_response_errors_401")
	recording.Method, recording.Path = "GET", "/v2/workspace_members" // the request was not recorded
	c := newClient(t)
	got := contract.Do(t, c.http, c.server.URL, "short", recording)
	for _, difference := range contract.Compare(recording, got, contract.Exact("code", "type", "message")) {
		t.Error(difference)
	}
}
