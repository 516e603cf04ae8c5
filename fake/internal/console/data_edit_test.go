package console_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/fakeattio/fakeattio/fake"
)

// form returns what a browser would send of the first form of a page that is sent by POST, as pairs.
func (d document) form() url.Values {
	values := url.Values{}
	for _, form := range d.all("form") {
		if attr(form, "method") == "post" {
			collect(form, values)
			break
		}
	}
	return values
}

func collect(n *html.Node, values url.Values) {
	for child := range n.ChildNodes() {
		name := attr(child, "name")
		switch child.Data {
		case "input":
			if attr(child, "type") != "checkbox" || has(child, "checked") {
				values.Add(name, attr(child, "value"))
			}
		case "textarea":
			text := ""
			if child.FirstChild != nil {
				text = child.FirstChild.Data
			}
			values.Add(name, strings.ReplaceAll(text, "\n", "\r\n"))
		case "select":
			values.Add(name, selected(child))
		}
		collect(child, values)
	}
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// selected returns the value of a select: the selected option, else the first.
func selected(n *html.Node) string {
	chosen, any := "", false
	for option := range n.ChildNodes() {
		if option.Data == "option" && (!any || has(option, "selected")) {
			chosen, any = attr(option, "value"), true
		}
	}
	return chosen
}

// submit sends the form of a page with some fields changed, to the path of the page.
func (v visitor) submit(path string, form url.Values, changes map[string][]string) document {
	v.t.Helper()
	for name, values := range changes {
		form[name] = values
	}
	r, err := http.NewRequest(http.MethodPost, v.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

// hms returns a value of the ship hms, as Attio's API writes it, without its time, its author and its type.
func hms(t testing.TB, v visitor, slug string) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, v.server.URL+"/_fake/as/here/system/v2/"+ship+fake.ID("here/ships_here/hms"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Data struct {
			Values map[string][]map[string]any `json:"values"`
		} `json:"data"`
	}
	if err := json.Unmarshal([]byte(v.do(r).Body), &read); err != nil {
		t.Fatal(err)
	}
	values := read.Data.Values[slug]
	for _, value := range values {
		for _, name := range []string{"active_from", "active_until", "created_by_actor", "attribute_type"} {
			delete(value, name)
		}
		for _, choice := range []string{"option", "status"} {
			if whole, ok := value[choice].(map[string]any); ok {
				value[choice] = whole["title"]
			}
		}
	}
	text, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const editHMS = dataPath + ship

func editPath() string { return editHMS + fake.ID("here/ships_here/hms") + "/edit?workspace=here" }

func TestAValueOfEveryTypeIsEdited(t *testing.T) {
	t.Parallel()
	army := "companies/" + fake.ID("here/companies/army")
	for slug, tc := range map[string]struct {
		inputs map[string][]string
		want   string
	}{
		"code":     {map[string][]string{"": {"Two\r\nlines"}}, `[{"value":"Two\nlines"}]`},
		"crew":     {map[string][]string{"": {"7.5"}}, `[{"value":7.5}]`},
		"sails":    {map[string][]string{"": {"false"}}, `[{"value":false}]`},
		"price":    {map[string][]string{"": {"12"}}, `[{"currency_code":"EUR","currency_value":12}]`},
		"launched": {map[string][]string{"": {"2021-03-04"}}, `[{"value":"2021-03-04"}]`},
		"seen":     {map[string][]string{"": {"2026-02-03T04:05:06Z"}}, `[{"value":"2026-02-03T04:05:06.000000000Z"}]`},
		"stars":    {map[string][]string{"": {"5"}}, `[{"value":5}]`},
		"phase":    {map[string][]string{"": {"Done here"}}, `[{"status":"Done here"}]`},
		"area":     {map[string][]string{"": {"South here"}}, `[{"option":"South here"}]`},
		"owner":    {map[string][]string{"": {army}}, `[{"target_object":"companies","target_record_id":"` + fake.ID("here/companies/army") + `"}]`},
		"near":     {map[string][]string{"": {army}}, `[{"target_object":"companies","target_record_id":"` + fake.ID("here/companies/army") + `"}]`},
		"captain": {map[string][]string{"": {"bob@here.example.com"}},
			`[{"referenced_actor_id":"` + fake.ID("here/members/bob_here") + `","referenced_actor_type":"workspace-member"}]`},
		"site": {map[string][]string{"": {"other.here.example.com"}}, `[{"domain":"other.here.example.com","root_domain":"example.com"}]`},
		"mail": {map[string][]string{"": {"New@x.example.com"}},
			`[{"email_address":"new@x.example.com","email_domain":"x.example.com","email_local_specifier":"new","email_root_domain":"example.com","original_email_address":"New@x.example.com"}]`},
		"phone": {map[string][]string{"": {"+442071838750"}}, `[{"country_code":"GB","original_phone_number":"+442071838750","phone_number":"+442071838750"}]`},
		"port": {map[string][]string{".locality": {"Bremen"}, ".latitude": {""}, ".longitude": {""}},
			`[{"country_code":"DE","latitude":null,"line_1":"8 Speicherweg","line_2":null,"line_3":null,"line_4":null,"locality":"Bremen","longitude":null,"postcode":"20457","region":"Hamburg"}]`},
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			v := exercised(t)
			changes := make(map[string][]string)
			for part, inputs := range tc.inputs {
				changes["value."+slug+part] = inputs
			}
			if got := v.submit(editPath(), v.get(editPath()).ok().form(), changes); got.Status != http.StatusSeeOther {
				t.Fatalf("status %d: %s", got.Status, got.text("p.mistake"))
			}
			if diff := cmp.Diff(tc.want, hms(t, v, slug)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			cleared := v.get(editPath()).ok().form()
			for name := range cleared {
				if name == "value."+slug || strings.HasPrefix(name, "value."+slug+".") {
					cleared[name] = []string{""}
				}
			}
			if got := v.submit(editPath(), cleared, nil); got.Status != http.StatusSeeOther {
				t.Fatalf("clearing: status %d: %s", got.Status, got.text("p.mistake"))
			}
			if got := hms(t, v, slug); got != "[]" {
				t.Errorf("after clearing it is %s", got)
			}
		})
	}
}

func TestAFormThatWasNotChangedWritesNothing(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	state := v.server.Snapshot()
	if got := v.submit(editPath(), v.get(editPath()).ok().form(), nil); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", got.Status, got.text("main"))
	}
	if changes := v.server.Diff(state, v.server.Snapshot()); len(changes) > 0 {
		t.Errorf("it changed %v", changes)
	}
}

func TestOnlyWhatTheFormChangedIsWritten(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	form := v.get(editPath()).ok().form()
	v.server.Workspace("here").Record("ships_here", "hms").Update(fake.Values{"crew": 99}) // by somebody else meanwhile
	v.submit(editPath(), form, map[string][]string{"value.stars": {"1"}})
	if crew, stars := hms(t, v, "crew"), hms(t, v, "stars"); crew != `[{"value":99}]` || stars != `[{"value":1}]` {
		t.Errorf("crew %s, stars %s", crew, stars)
	}
}

func TestAttiosRefusalIsAtTheField(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		changes     map[string][]string
		field, want string
	}{
		"text as a number":                 {map[string][]string{"value.crew": {"many"}}, "crew", `An invalid value was passed to attribute with slug "crew".`},
		"a value that another record has":  {map[string][]string{"value.code": {"O"}}, "code", `A value provided for attribute with slug "code" conflicts with one already in the system.`},
		"a refusal that names nothing":     {map[string][]string{"value.phase": {"Sunk"}}, "phase", `Cannot find Status with title "Sunk".`},
		"one of several":                   {map[string][]string{"value.mail": {"nobody"}, "value.crew": {"3"}}, "mail", `An invalid value was passed to attribute with slug "mail".`},
		"a part of a value":                {map[string][]string{"value.port.country_code": {"XX"}}, "port", `country_code: Invalid enum value.`},
		"one of several that names none":   {map[string][]string{"value.phase": {"Sunk"}, "value.crew": {"3"}}, "", `Cannot find Status with title "Sunk".`},
		"an attribute that does not exist": {map[string][]string{"json": {`{"nope": 1}`}}, "", `Cannot find attribute with slug/ID "nope".`},
		"broken JSON":                      {map[string][]string{"json": {`{`}}, "", `This is not JSON: it ends too early.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := exercised(t)
			before := v.server.Snapshot()
			got := v.submit(editPath(), v.get(editPath()).ok().form(), tc.changes)
			if got.Status != http.StatusUnprocessableEntity || !strings.Contains(got.text("p.mistake"), tc.want) {
				t.Fatalf("%d %s", got.Status, got.text("p.mistake"))
			}
			field := ""
			for _, n := range slices.Concat(got.all("div.invalid"), got.all("fieldset.invalid")) {
				field += attr(n, "data-slug")
			}
			if field != tc.field {
				t.Errorf("the mistake is at %q", field)
			}
			sent := got.form()
			for name, want := range tc.changes {
				if sent[name][0] != want[0] {
					t.Errorf("%s has %q, not what was sent", name, sent[name])
				}
			}
			if changes := v.server.Diff(before, v.server.Snapshot()); len(changes) > 0 {
				t.Errorf("it changed %v", changes)
			}
		})
	}
}

func TestARecordAndAnEntryAreCreatedAndDeletedInSomebodysName(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	create := dataPath + "objects/companies/new?workspace=here&as=bob_here"
	made := v.submit(create, v.get(create).ok().form(), map[string][]string{"value.name": {"Yard"}, "value.domains": {"yard.example.com", "", "shop.example.com"}, "json": {`{"description": "New"}`}})
	if made.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", made.Status, made.text("p.mistake"))
	}
	yard := v.get(made.Header.Get("Location")).ok()
	for slug, want := range map[string]string{"name": "Yard", "domains": "yard.example.com shop.example.com", "description": "New", "created_by": "Bob Marsh"} {
		if got := facts(yard)[slug]; got != want {
			t.Errorf("%s is %q, want %q", slug, got, want)
		}
	}
	add := yard.href("Sales here")
	entry := v.submit(add, v.get(add).ok().form(), map[string][]string{"value.stage_": nil, "value.amount": {"7"}})
	if entry.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", entry.Status, entry.text("p.mistake"))
	}
	if got := v.get(entry.Header.Get("Location")).ok().text("main"); !strings.Contains(got, "Record Yard") || !strings.Contains(got, "Amount 7") {
		t.Errorf("the entry: %s", got)
	}
	remove := yard.href("Delete")
	asked := v.get(remove).ok()
	if got := asked.text("main"); !strings.Contains(got, "Delete company? Yard") {
		t.Errorf("it asks %q", got)
	}
	if gone := v.submit(remove, nil, nil); gone.Status != http.StatusSeeOther || !strings.Contains(gone.Header.Get("Location"), "objects/companies?") {
		t.Errorf("%d to %s", gone.Status, gone.Header.Get("Location"))
	}
	if got := v.get(made.Header.Get("Location")); got.Status != http.StatusNotFound {
		t.Errorf("after the deletion: %d", got.Status)
	}
}

func TestNotesTasksAndCommentsAreAddedAndRefused(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	navy := dataPath + "objects/companies/records/" + fake.ID("here/companies/navy")
	bob := fake.ID("here/members/bob_here")
	for _, tc := range []struct {
		form string
		sent url.Values
		want string // what the page then says, or the refusal
		ok   bool
	}{
		{"notes", url.Values{"title": {"Plan"}, "content": {"Go **on**."}}, "Plan Bob Marsh, 2026-01-15 12:00:00 Delete Go on .", true},
		{"tasks", url.Values{"content": {"Sail"}, "deadline_at": {"2026-02-01T00:00:00Z"}, "assignee": {bob}}, "Sail due 2026-02-01 00:00:00, Bob Marsh", true},
		{"tasks", url.Values{"content": {"Sail"}, "deadline_at": {"soon"}}, "deadline_at", false},
		{"comments", url.Values{"content": {"Aye."}, "author": {bob}}, "Bob Marsh, 2026-01-15 12:00:00 Delete Aye.", true},
		{"comments", url.Values{"content": {"Reply."}, "author": {bob}, "thread_id": {fake.ID("here/threads/hm")}}, "Reply.", true},
		{"comments", url.Values{"content": {"Aye."}, "author": {"nobody"}}, "author", false},
	} {
		got := v.submit(navy+"/"+tc.form+"?workspace=here&as=bob_here", tc.sent, nil)
		if !tc.ok {
			if got.Status != http.StatusUnprocessableEntity || !strings.Contains(got.text("p.mistake"), tc.want) {
				t.Errorf("%s %v: %d %s", tc.form, tc.sent, got.Status, got.text("main"))
			}
			continue
		}
		if got.Status != http.StatusSeeOther {
			t.Errorf("%s %v: %d %s", tc.form, tc.sent, got.Status, got.text("p.mistake"))
			continue
		}
		if shown := v.get(got.Header.Get("Location")).ok().text("main"); !strings.Contains(shown, tc.want) {
			t.Errorf("the page lacks %q: %s", tc.want, shown)
		}
	}
}

func TestATaskIsCompletedAndACommentOfAnotherStays(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	task := dataPath + "tasks/" + fake.ID("here/tasks/call") + "?workspace=here"
	done := v.submit(task, url.Values{"is_completed": {"true"}, "back": {"https://elsewhere.example.com"}}, nil)
	if done.Status != http.StatusSeeOther || !strings.HasPrefix(done.Header.Get("Location"), dataPath+"tasks?") {
		t.Errorf("%d to %s", done.Status, done.Header.Get("Location"))
	}
	if got := v.open("tasks").ok().text("s"); got != "Call" {
		t.Errorf("completed is %q", got)
	}
	comment := dataPath + "comments/" + fake.ID("here/threads/hm") + "/delete?workspace=here&as=bob_here"
	if got := v.submit(comment, nil, nil); got.Status != http.StatusForbidden || got.text("p.mistake") == "" {
		t.Errorf("%d %s", got.Status, got.text("main"))
	}
}

func TestADeletionOnAPageLeadsBackToIt(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	page := dataPath + "objects/companies/records/" + fake.ID("here/companies/navy") + "?as=bob_here&workspace=here"
	for _, section := range []string{"article.note", "article.task", "article.comment"} {
		remove := v.get(page).ok().all(section + " a")
		if len(remove) == 0 {
			t.Fatalf("%s has no link", section)
		}
		asked := v.get(attr(remove[len(remove)-1], "href")).ok()
		if got := asked.href("Keep"); got != page {
			t.Errorf("%s: back to %s", section, got)
		}
	}
}

func TestThePastIsOnlyRead(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	r, err := http.NewRequest(http.MethodGet, v.server.URL+"/v2/objects", nil) // a request, so that there is a moment
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+v.server.Token("here"))
	v.do(r)
	item := ship + fake.ID("here/ships_here/hms")
	v.submit(editPath(), v.get(editPath()).ok().form(), map[string][]string{"value.crew": {"5"}})
	past := v.open(item, "workspace", "here", "at", "1").ok()
	if got := facts(past)["crew"]; got != "4" {
		t.Errorf("the crew was %s", got)
	}
	for _, link := range past.texts("main a") {
		if link == "Edit" || link == "Delete" || link == "New" {
			t.Errorf("the page of the past has %s", link)
		}
	}
	for _, form := range []string{"edit", "delete", "notes"} {
		got := v.submit(dataPath+item+"/"+form+"?workspace=here&at=1", url.Values{"value.crew": {"6"}, "was.crew": {""}}, nil)
		if got.Status != http.StatusBadRequest || !strings.Contains(got.text("main"), "a moment of the past can only be read") {
			t.Errorf("%s: %d %s", form, got.Status, got.text("main"))
		}
	}
	if got := hms(t, v, "crew"); got != `[{"value":5}]` {
		t.Errorf("the crew is %s", got)
	}
}
