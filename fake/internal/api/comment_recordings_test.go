package api_test

import (
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

const withRecordedComments = `
version: 1
workspaces:
  acme:
    objects:
      companies: {records: {popl: {name: Popl}}}
      people: {records: {grace: {}}}
    threads:
      company: {record: companies/popl, content: Integration test comment - will be deleted}
      person: {record: people/grace, content: Test comment for get-comment action validation}
`

func TestCommentsAreAsRecorded(t *testing.T) {
	t.Parallel()
	facts := contract.Exact("content_plaintext", "entry", "resolved_at", "resolved_by", "type")
	is := func(recorded, path string) contract.Edit { return contract.Replace(recorded, fake.ID("acme/"+path)) }
	for name, edits := range map[string][]contract.Edit{
		"kyle__comments_create_get_delete_3": {is("635cebb2-d0d3-4c03-8485-44354bdf4cb1", "members/test"), is("498f9009-e208-4386-90ce-f4c272b13a74", "companies/popl")},
		"kyle__comments_create_get_delete_4": {is("8e9d1d19-caa6-46a4-9fcf-dee2e62a96f2", "threads/company")},
		"kyle__comments_create_get_delete_5": {is("8e9d1d19-caa6-46a4-9fcf-dee2e62a96f2", "threads/company")},
		"nango__create_comment": {is("641ecd33-0a48-4b7b-ba48-bbb7a649a8ee", "members/test"),
			is("30ff61f7-6b37-414e-8d6f-fb42f963e996", "objects/people"), is("51e9834b-1a89-4ebe-8158-7d786be4885f", "people/grace")},
		"nango__get_comment":    {is("f7f2e5f7-7d7a-4e14-9be8-9bbd53807fe6", "threads/person")},
		"nango__delete_comment": {is("1e50dae6-d9f7-4253-9052-211f2e2e8146", "threads/person")},
		"kyle__threads_list_1":  {is("498f9009-e208-4386-90ce-f4c272b13a74", "companies/popl")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(recordedWorkspace), fake.YAML(withRecordedComments))
			if name == "kyle__threads_list_1" {
				c.server.Workspace("acme").DeleteComment("company") // recorded after the deletion
			}
			recording := contract.FindRecording(t, name)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording, edits...)
			for _, difference := range contract.Compare(recording, got, facts, contract.StrictNull()) {
				t.Error(difference)
			}
		})
	}
}
