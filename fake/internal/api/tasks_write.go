package api

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// taskBody is the body of a request that creates or changes a task.
type taskBody struct {
	Data struct {
		Content       string              `json:"content"` // of a new one
		DeadlineAt    shape.Sent[*string] `json:"deadline_at"`
		IsCompleted   *bool               `json:"is_completed"`
		LinkedRecords *[]any              `json:"linked_records"`
		Assignees     *[]writtenAssignee  `json:"assignees"`
	} `json:"data"`
}

// writtenAssignee is a workspace member by id or by e-mail address.
type writtenAssignee struct {
	ReferencedActorID           string  `json:"referenced_actor_id"`
	WorkspaceMemberEmailAddress *string `json:"workspace_member_email_address"`
}

// All six fields of a new task are required; that linked_records is, clients saw in 2025. A change of the content is
// refused, as clients saw too: Attio's OpenAPI document allows only these fields.
var (
	createTaskShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("content", shape.String().Max(world.MaxTaskContent)),
		shape.Required("format", shape.Enum("plaintext")),
		shape.Required("deadline_at", shape.Nullable(timestampShape)),
		shape.Required("is_completed", shape.Boolean()),
		shape.Required("linked_records", taskLinksShape),
		shape.Required("assignees", assigneesShape),
	)))
	updateTaskShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("deadline_at", shape.Nullable(timestampShape)),
		shape.Optional("is_completed", shape.Boolean()),
		shape.Optional("linked_records", taskLinksShape),
		shape.Optional("assignees", assigneesShape),
	).Strict()))

	assigneesShape = shape.Array(shape.Union(
		shape.Object(
			shape.Required("referenced_actor_type", shape.Enum(string(attio.ActorWorkspaceMember))),
			shape.Required("referenced_actor_id", shape.UUID()),
		),
		shape.Object(shape.Required("workspace_member_email_address", shape.String())).Strict(),
	))

	// taskLinksShape is an array of strings, or one of objects. Anything but an array is refused as clients saw when
	// there were only objects.
	taskLinksShape = shape.Choose(func(value any) shape.Schema {
		if _, ok := value.([]any); ok {
			return shape.Union(shape.Array(shape.String()), linkObjectsShape)
		}
		return linkObjectsShape
	})
	linkObjectsShape = shape.Array(shape.Choose(func(value any) shape.Schema {
		if members, ok := value.(*shape.Members); ok && matchesRecord(members) {
			return shape.Record(shape.Any())
		}
		return linkByIDShape
	}))
	linkByIDShape = shape.Object(
		shape.Required("target_object", shape.String()),
		shape.Required("target_record_id", shape.UUID()),
	)
)

// matchesRecord reports whether a link names a record by an attribute: its only other member has the slug or id of an
// attribute as its key, and an array with a single value.
func matchesRecord(link *shape.Members) bool {
	target, _ := link.Get("target_object")
	if _, ok := target.(string); !ok || link.Len() != 2 {
		return false
	}
	for key, value := range link.All() {
		if values, ok := value.([]any); ok && key != "target_object" && key != "target_record_id" {
			return len(values) == 1
		}
	}
	return false
}

// createTask answers POST /v2/tasks.
func createTask(c *Call) (any, error) {
	return c.writeTask(createTaskShape, func(tx *world.Tx, content string, edit world.TaskEdit) (*world.Task, error) {
		return tx.CreateTask(c.newID(), content, edit)
	})
}

// updateTask answers PATCH /v2/tasks/{task_id}. Links and assignees that are sent replace the old ones.
func updateTask(c *Call) (any, error) {
	id, err := c.id("task_id")
	if err != nil {
		return nil, err
	}
	return c.writeTask(updateTaskShape, func(tx *world.Tx, _ string, edit world.TaskEdit) (*world.Task, error) {
		return tx.UpdateTask(id, edit)
	})
}

// writeTask reads the body of a write and runs it in a transaction.
func (c *Call) writeTask(body shape.Schema, write func(tx *world.Tx, content string, edit world.TaskEdit) (*world.Task, error)) (any, error) {
	sent, err := shape.Body[taskBody](body, c.json())
	if err != nil {
		return nil, err
	}
	return answerWrite(c, func(tx *world.Tx) (*world.Task, error) {
		edit, err := sent.edit(tx.State)
		if err != nil {
			return nil, err
		}
		return write(tx, sent.Data.Content, edit)
	}, renderTask)
}

// edit looks up what a body names.
func (b *taskBody) edit(state *world.State) (world.TaskEdit, error) {
	edit := world.TaskEdit{Completed: b.Data.IsCompleted}
	if sent := b.Data.DeadlineAt; sent.Given {
		edit.Deadline = new(readTimestamp(sent.Value))
	}
	var err error
	if b.Data.LinkedRecords != nil {
		if edit.Linked, err = foundAll(state, *b.Data.LinkedRecords, findLinked); err != nil {
			return edit, err
		}
	}
	if b.Data.Assignees != nil {
		edit.Assignees, err = foundAll(state, *b.Data.Assignees, findAssignee)
	}
	return edit, err
}

// foundAll looks up everything that a list names.
func foundAll[W, F any](state *world.State, written []W, find func(*world.State, W) (F, error)) (*[]F, error) {
	found := make([]F, len(written))
	for i, w := range written {
		var err error
		if found[i], err = find(state, w); err != nil {
			return nil, err
		}
	}
	return &found, nil
}

func findAssignee(state *world.State, written writtenAssignee) (attio.ID, error) {
	if email := written.WorkspaceMemberEmailAddress; email != nil {
		return memberByEmail(state, *email)
	}
	return readID(written.ReferencedActorID), nil
}

func memberByEmail(state *world.State, email string) (attio.ID, error) {
	id, ok := state.FindMember(email)
	if !ok {
		return "", attio.TargetMemberEmailNotFound(email)
	}
	return id, nil
}

// findLinked returns the record that a link names. A record named by id need not exist.
func findLinked(state *world.State, written any) (attribute.RecordReference, error) {
	if text, ok := written.(string); ok {
		return findLinkedByText(state, text)
	}
	link, _ := written.(map[string]any)
	target, _ := link["target_object"].(string)
	object, err := linkableObject(state, target)
	if err != nil {
		return attribute.RecordReference{}, err
	}
	if text, ok := link["target_record_id"].(string); ok {
		return attribute.RecordReference{Object: object, Record: readID(text)}, nil
	}
	return findReferenced(state, link)
}

// findLinkedByText returns the record with an id, the person with an e-mail address or the company with a domain: the
// strings that Attio's OpenAPI document allows. How it tells them apart is assumed.
func findLinkedByText(state *world.State, text string) (attribute.RecordReference, error) {
	if id, ok := attio.ParseID(text); ok {
		for _, object := range state.Schema.Objects {
			if state.HasRecord(object.ID, id) {
				return attribute.RecordReference{Object: object.ID, Record: id}, nil
			}
		}
		return attribute.RecordReference{Record: id}, nil
	}
	object := "companies"
	key := "domains"
	if strings.Contains(text, "@") {
		object, key = "people", "email_addresses"
	}
	return findReferenced(state, map[string]any{"target_object": object, key: text})
}

// recordReferences is named like the field that a client writes, because the error for a refused reference contains its
// name.
var recordReferences = attribute.Definition{Slug: "linked_records", Type: attribute.TypeRecordReference}

// findReferenced reads a link like a value of a record reference attribute.
func findReferenced(state *world.State, link map[string]any) (attribute.RecordReference, error) {
	value, err := attribute.Parse(state, &recordReferences, link)
	reference, _ := value.(attribute.RecordReference)
	return reference, err
}

// linkableObject returns the id of an object that a link of a task names by slug or id. That lists are what cannot be
// linked to is assumed: only they have records that belong to no object.
func linkableObject(state *world.State, slugOrID string) (attio.ID, error) {
	object, err := state.Schema.ObjectNamed(slugOrID, func(string) *attio.Error {
		if _, ok := state.Schema.List(slugOrID); ok {
			return attio.OnlyRecordsOfObjectsLinkable()
		}
		return attio.ObjectNotFound(slugOrID)
	})
	if err != nil {
		return "", err
	}
	return object.ID, nil
}
