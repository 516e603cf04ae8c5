package scenario

import "github.com/fakeattio/fakeattio/fake/internal/yamltree"

// task is something to be done.
type task struct {
	placed
	Content       string   `yaml:"content,required" doc:"What is to be done, at most 2,000 characters."`
	DeadlineAt    *date    `yaml:"deadline_at" doc:"When it has to be done, by default at no certain time."`
	IsCompleted   bool     `yaml:"is_completed" doc:"Whether it was completed, by default as completed_at says."`
	CompletedAt   *moment  `yaml:"completed_at" doc:"When it was completed, of one that was by default when it was made."`
	LinkedRecords []string `yaml:"linked_records" doc:"The records that it is about, by object and key, like people/grace."`
	Assignees     []string `yaml:"assignees" doc:"Whose it is: users who are members of the workspace."`
	CreatedAt     *moment  `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	CreatedBy     author   `yaml:"created_by" doc:"Who made it: a user, {token: name}, or the word system. By default the first admin."`
	ID            uuid     `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// isOpen reports whether the file says that the task is not completed.
func (t *task) isOpen() bool {
	f, ok := t.node.Get("is_completed")
	return ok && f.Value.Kind == yamltree.KindBool && !t.IsCompleted
}
