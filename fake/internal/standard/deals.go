package standard

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// deals has the order and types of recorded records, the titles of Attio's help centre, and the
// required attributes and stages of the guide to deals. The recorded other sides of its references
// agree. That money shows with a symbol is assumed.
func deals() Object {
	return Object{
		Slug: "deals", Singular: "Deal", Plural: "Deals", // the guide has the plural "Deal"
		WebPath: "deals/record",
		Attributes: slices.Concat(
			[]Attribute{
				recordID(),
				writable(attribute.TypeText, "name", "Deal name").required(),
				// No default stage celebrates, not even the one with the popper.
				writable(attribute.TypeStatus, "stage", "Deal stage").required().statuses("Lead", "In Progress", "Won 🎉", "Lost"),
				writable(attribute.TypeActorReference, "owner", "Deal owner").required(),
				writable(attribute.TypeCurrency, "value", "Deal value").dollars(),
				reference("associated_people", "Associated people", "people", "associated_deals").multiselect(),
				reference("associated_company", "Associated company", "companies", "associated_deals"),
			},
			created(),
		),
	}
}
