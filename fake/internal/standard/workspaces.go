package standard

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// workspaces is as the guide to workspaces describes it, with the titles and the order of a client's
// listing of 2025-05. Assumed are the path of the web_url, and that users is there only where users
// are enabled.
func workspaces() Object {
	return Object{
		Slug: "workspaces", Singular: "Workspace", Plural: "Workspaces",
		WebPath: "workspaces/record",
		Attributes: slices.Concat(
			[]Attribute{
				recordID(),
				writable(attribute.TypeText, "workspace_id", "Workspace ID").required().unique(),
				writable(attribute.TypeText, "name", "Name"),
				reference("users", "Users", "users", "workspace").multiselect(),
				reference("company", "Company", "companies", "associated_workspaces"),
				writable(attribute.TypeText, "avatar_url", "Avatar URL"),
			},
			created(),
		),
	}
}
