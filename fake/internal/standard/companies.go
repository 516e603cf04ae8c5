package standard

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// companies is recorded, except for:
//   - associated_workspaces: recorded are its place among the values of a record and, by a client's
//     listing of 2025-05, its title; its description is made like that of associated_users
//   - the options of estimated_arr_usd and employee_range: five of nine and seven of nine were seen on
//     records, the others are the ranges between them, and their order is assumed
func companies() Object {
	return Object{
		Slug: "companies", Singular: "Company", Plural: "Companies",
		AlwaysOn: true,
		WebPath:  "company",
		Attributes: slices.Concat(
			[]Attribute{
				recordID(),
				writable(attribute.TypeDomain, "domains", "Domains").unique().multiselect(),
				writable(attribute.TypeText, "name", "Name"),
				writable(attribute.TypeText, "description", "Description"),
				reference("team", "Team", "people", "company").multiselect(),
				writable(attribute.TypeSelect, "categories", "Categories").multiselect().options(categories()...),
				writable(attribute.TypeLocation, "primary_location", "Primary location"),
				enriched(attribute.TypeText, "logo_url", "Logo URL"),
			},
			socialMedia(),
			[]Attribute{
				writable(attribute.TypeSelect, "estimated_arr_usd", "Estimated ARR").withoutHistory().
					options("$0-$1M", "$1M-$10M", "$10M-$50M", "$50M-$100M", "$100M-$250M", "$250M-$500M", "$500M-$1B", "$1B-$10B", "$10B+"),
				writable(attribute.TypeCurrency, "funding_raised_usd", "Funding raised").withoutHistory().dollars(),
				writable(attribute.TypeDate, "foundation_date", "Foundation date").withoutHistory(),
				writable(attribute.TypeSelect, "employee_range", "Employee range").withoutHistory().
					options("1-10", "11-50", "51-250", "251-1K", "1K-5K", "5K-10K", "10K-50K", "50K-100K", "100K+"),
			},
			communication(),
			[]Attribute{
				reference("associated_deals", "Associated deals", "deals", "associated_company").multiselect().
					described("Deal records associated with a Company record"),
				reference("associated_workspaces", "Associated workspaces", "workspaces", "company").multiselect().
					described("Workspace records associated with a Company record"),
			},
			created(),
		),
	}
}
