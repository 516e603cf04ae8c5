package scenario

// thread is a conversation about a record or an entry: a comment with the replies to it.
type thread struct {
	placed
	Record     string               `yaml:"record" doc:"The record that it is on, by object and key, like people/grace. A thread is on a record or on an entry."`
	Entry      string               `yaml:"entry" doc:"The entry that it is on, by list and key, like sales/navy."`
	Content    string               `yaml:"content,required" doc:"What the comment says that opens it."`
	Author     name                 `yaml:"author" doc:"The user who wrote that comment, a member of the workspace. By default the first admin."`
	CreatedAt  *moment              `yaml:"created_at" doc:"When it was opened, by default the scenario's clock."`
	Replies    ordered[name, reply] `yaml:"replies" doc:"The comments after that one, by a key of your choice."`
	ResolvedAt *moment              `yaml:"resolved_at" doc:"When it was resolved, of one that was by default the scenario's clock."`
	ResolvedBy author               `yaml:"resolved_by" doc:"Who resolved it, of one that was by default the first admin: a user, {token: name}, or the word system."`
	ID         uuid                 `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// reply is a comment in a thread.
type reply struct {
	placed
	Content   string  `yaml:"content,required,short" doc:"What it says."`
	Author    name    `yaml:"author" doc:"The user who wrote it, a member of the workspace. By default the first admin."`
	CreatedAt *moment `yaml:"created_at" doc:"When it was written, by default the scenario's clock."`
	ID        uuid    `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}
