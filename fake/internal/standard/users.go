package standard

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// users is as the guide to users describes it, with the titles of a client's listing of 2025-05. The
// e-mail address has the type of Attio's typed document; the guide calls it a text. Assumed are the
// order, the path of the web_url, and that workspace is there only where workspaces are enabled.
func users() Object {
	return Object{
		Slug: "users", Singular: "User", Plural: "Users",
		WebPath: "users/record",
		Attributes: slices.Concat(
			[]Attribute{
				recordID(),
				reference("person", "Person", "people", "associated_users"),
				writable(attribute.TypeEmailAddress, "primary_email_address", "Primary email address").required().unique(),
				writable(attribute.TypeText, "user_id", "User ID").required().unique(),
				reference("workspace", "Workspaces", "workspaces", "users").multiselect(),
			},
			created(),
		),
	}
}
