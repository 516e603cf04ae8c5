package fake_test

import (
	"fmt"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// A list takes records of one object; what a client does with it shows in its entries.
func ExampleWorkspace_AddList() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket())
	defer srv.Close()
	acme := srv.Workspace("acme")

	sales := acme.AddList(fake.List{Slug: "sales", Parent: "companies"})
	sales.AddAttribute(fake.Attribute{Slug: "stage", Type: "status", Statuses: []string{"Lead", "Won"}})
	navy := acme.Create("companies", fake.Values{"name": "Navy"})
	entry := sales.AddEntry(navy, fake.Values{"stage": "Lead"})
	sales.Update(entry.ID(), fake.Values{"stage": "Won"})

	for _, won := range sales.Query(fake.Filter{"stage": "Won"}) {
		fmt.Println(won.Parent().Text("name"), won.Text("stage"))
	}
	// Output: Navy Won
}
