package fake_test

import (
	"fmt"

	"github.com/fakeattio/fakeattio/fake"
)

// A test arranges records, lets its code run, and looks at what became of them.
func ExampleWorkspace_Create() {
	srv, err := fake.Start(fake.Scenario("blank"), fake.WithoutSocket())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()

	blank := srv.Workspace("blank")
	navy := blank.Create("companies", fake.Values{"name": "Navy", "domains": []string{"navy.mil"}})
	grace := blank.Create("people", fake.Values{
		"name":            "Hopper, Grace",
		"email_addresses": []string{"grace@navy.mil"},
		"company":         navy,
	})

	patch(srv, "/v2/objects/people/records/"+grace.ID(), `{"data":{"values":{"job_title":"Rear Admiral"}}}`)

	grace = grace.Reload()
	fmt.Println(grace.Text("name"), "·", grace.Text("job_title"), "·", grace.Ref("company") == navy.ID())
	// Output: Grace Hopper · Rear Admiral · true
}

// An upsert finds the record by a unique attribute and adds to it.
func ExampleWorkspace_Upsert() {
	srv, err := fake.Start(fake.Scenario("blank"), fake.WithoutSocket())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()

	blank := srv.Workspace("blank")
	blank.Create("companies", fake.Values{"name": "Navy", "domains": []string{"navy.mil"}})
	blank.Upsert("companies", "domains", fake.Values{"name": "US Navy", "domains": []string{"navy.mil", "navy.com"}})
	for _, company := range blank.Records("companies") {
		fmt.Println(company.Text("name"), company.Texts("domains"))
	}
	// Output: US Navy [navy.com navy.mil]
}

// A workspace gets objects and attributes of its own.
func ExampleWorkspace_AddAttribute() {
	srv, err := fake.Start(fake.Scenario("blank"), fake.WithoutSocket())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()

	blank := srv.Workspace("blank")
	blank.AddObject(fake.Object{Slug: "projects", Singular: "Project", Plural: "Projects"})
	blank.AddAttribute("projects", fake.Attribute{Slug: "stage", Type: "status", Statuses: []string{"Idea", "Work"}})
	blank.AddAttribute("projects", fake.Attribute{Slug: "team", Type: "record-reference", Multiselect: true,
		Relationship: &fake.Relationship{Object: "people", Slug: "project", Title: "Project"}})

	grace := blank.Create("people", fake.Values{"name": "Hopper, Grace"})
	project := blank.Create("projects", fake.Values{"stage": "Work", "team": []fake.Record{grace}})
	fmt.Println(project.Text("stage"), grace.Reload().Ref("project") == project.ID())
	// Output: Work true
}

// Values that no getter reads are there as the API answers them.
func ExampleRecord_Value() {
	srv, err := fake.Start(fake.Scenario("blank"), fake.WithoutSocket())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()

	blank := srv.Workspace("blank")
	bob := blank.AddMember(fake.Member{Email: "bob@example.com"})
	record := blank.As("bob").Create("companies", fake.Values{"domains": []string{"app.attio.com"}})
	domain := record.Value("domains")
	fmt.Println(domain["domain"], domain["root_domain"])
	fmt.Println(domain["created_by_actor"].(map[string]any)["id"] == bob.ID)
	// Output:
	// app.attio.com attio.com
	// true
}
