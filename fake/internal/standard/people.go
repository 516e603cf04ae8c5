package standard

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// people is recorded completely, except for the options of communication.
func people() Object {
	return Object{
		Slug: "people", Singular: "Person", Plural: "People",
		AlwaysOn: true,
		WebPath:  "person",
		Attributes: slices.Concat(
			[]Attribute{
				recordID(),
				writable(attribute.TypePersonalName, "name", "Name"),
				writable(attribute.TypeEmailAddress, "email_addresses", "Email addresses").unique().multiselect(),
				writable(attribute.TypeText, "description", "Description"),
				reference("company", "Company", "companies", "team"),
				writable(attribute.TypeText, "job_title", "Job title"),
				enriched(attribute.TypeText, "avatar_url", "Avatar URL"),
				writable(attribute.TypePhoneNumber, "phone_numbers", "Phone numbers").multiselect(),
				writable(attribute.TypeLocation, "primary_location", "Primary location"),
			},
			socialMedia(),
			communication(),
			[]Attribute{
				reference("associated_deals", "Associated deals", "deals", "associated_people").multiselect().
					described("Deal records associated with a Person record"),
				reference("associated_users", "Associated users", "users", "person").multiselect().
					described("User records associated with a Person record"),
			},
			created(),
		),
	}
}
