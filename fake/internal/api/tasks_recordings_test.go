package api_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// recordedMember is the member whose tasks were recorded.
const recordedMember = "641ecd33-0a48-4b7b-ba48-bbb7a649a8ee"

// makeRecordedTasks makes the tasks of a recorded answer, one second apart, and completes each one second later.
func (c *client) makeRecordedTasks(recording contract.Recording) (ids []string) {
	c.t.Helper()
	type recorded struct {
		Content   string  `json:"content_plaintext"`
		Deadline  *string `json:"deadline_at"`
		Completed bool    `json:"is_completed"`
		Assignees []any   `json:"assignees"`
	}
	var one struct{ Data recorded }
	var all struct{ Data []recorded }
	if json.Unmarshal(recording.Answer.Body, &one) == nil {
		all.Data = []recorded{one.Data}
	} else {
		decode(c.t, string(recording.Answer.Body), &all)
	}
	for _, task := range all.Data {
		c.server.Advance(time.Second)
		assignees := "[]"
		if len(task.Assignees) > 0 {
			assignees = list(assigned("test"))
		}
		deadline := "null"
		if task.Deadline != nil {
			deadline = quote(*task.Deadline)
		}
		id := c.newTask(`"content":`+quote(task.Content), `"deadline_at":`+deadline, `"assignees":`+assignees)
		if task.Completed {
			c.server.Advance(time.Second)
			c.must("PATCH", "/v2/tasks/"+id, `{"data":{"is_completed":true}}`)
		}
		ids = append(ids, id)
	}
	return ids
}

func TestTasksAreAsRecorded(t *testing.T) {
	t.Parallel()
	facts := contract.Exact("content_plaintext", "is_completed", "deadline_at", "linked_records", "referenced_actor_type", "type")
	for name, tc := range map[string]struct {
		there bool   // the tasks of the answer exist before the request
		id    string // the recorded id of the first
	}{
		"kyle__tasks_get_0":  {},
		"nango__create_task": {}, // linked to a person who does not exist
		"nango__list_tasks":  {there: true},
		"nango__tasks":       {there: true},
		"nango__get_task":    {there: true, id: "a5adf04d-13a3-4457-957c-023ea6d148bb"},
		"nango__update_task": {there: true, id: "c8a3af29-466f-4e4a-83e2-f552cdf3133c"}, // completed already
		"nango__delete_task": {id: "6805054f-0fef-478d-99a3-b864bd09ee2a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(recordedWorkspace), fake.YAML(withApp))
			c.server.Freeze()
			c = c.as(c.server.Token("acme/app"))
			recording := contract.FindRecording(t, name)
			replaced := []string{recordedMember, fake.ID("acme/members/test")}
			var before string
			switch {
			case tc.there:
				ids := c.makeRecordedTasks(recording)
				if tc.id != "" {
					replaced = append(replaced, tc.id, ids[0])
					before = c.get("/v2/tasks/" + ids[0]).Body
				}
			case tc.id != "":
				replaced = append(replaced, tc.id, c.newTask())
			}
			c.server.Advance(time.Minute)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording, contract.Replace(replaced...))
			for _, difference := range contract.Compare(recording, got, facts, contract.StrictNull()) {
				t.Error(difference)
			}
			if before != "" && before != string(got.Body) { // the recorded change changed nothing, and completed_at stayed
				t.Errorf("got %s, was %s", got.Body, before)
			}
		})
	}
}
