package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

const fileScenario = `
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}, reader: {scopes: [object_configuration:read, record_permission:read, file:read]}}
    objects:
      companies: {records: {navy: {name: Navy}, army: {name: Army}}}
      people: {records: {grace: {name: "Hopper, Grace"}}}
  globex:
    tokens: {full: {scopes: all}}
    objects: {companies: {records: {navy: {name: Navy}}}}
`

// newFileClient starts a server whose clock is frozen.
func newFileClient(t testing.TB, options ...fake.Option) *client {
	t.Helper()
	return newClient(t, append([]fake.Option{fake.YAML(fileScenario), fake.FixedClock(noon)}, options...)...)
}

// The records that have files.
var (
	navyID  = fake.ID("acme/companies/navy")
	armyID  = fake.ID("acme/companies/army")
	graceID = fake.ID("acme/people/grace")
)

const unknownID = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"

// makeFile sends a POST /v2/files that must succeed, and returns the id of the new file.
func (c *client) makeFile(body J) string {
	c.t.Helper()
	got := c.do(http.MethodPost, "/v2/files", body)
	if got.Status != 200 {
		c.t.Fatalf("%d %s", got.Status, got.Body)
	}
	return madeFile(c.t, got)
}

func madeFile(t testing.TB, got answer) string {
	t.Helper()
	var m struct {
		Data struct {
			ID struct {
				FileID string `json:"file_id"`
			}
		}
	}
	if err := json.Unmarshal([]byte(got.Body), &m); err != nil || m.Data.ID.FileID == "" {
		t.Fatalf("%d %s (%v)", got.Status, got.Body, err)
	}
	return m.Data.ID.FileID
}

func folderOf(record, name string) J {
	return J{"object": "companies", "record_id": record, "file_type": "folder", "name": name}
}

func folderIn(parent, name string) J {
	body := folderOf(navyID, name)
	body["parent_folder_id"] = parent
	return body
}

func connected(kind, provider, id string) J {
	return J{"object": "companies", "record_id": navyID, "file_type": kind, "storage_provider": provider, "external_provider_file_id": id}
}

// fileHead is the beginning of a file of navy that the token full made.
func fileHead(id, provider, kind string) string {
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","file_id":"` + id + `"},` +
		`"object_id":"` + fake.ID("acme/objects/companies") + `","object_slug":"companies","record_id":"` + navyID + `",` +
		`"storage_provider":"` + provider + `","created_by_actor":{"type":"api-token","id":"` + fake.ID("acme/tokens/full") + `"},` +
		`"created_at":"2026-01-15T12:00:00.000000000Z","file_type":"` + kind + `"`
}

func folderEntry(id, name, parent string) string {
	return fileHead(id, "attio", "folder") + `,"name":` + quote(name) + `,"parent_folder_id":` + orNull(parent) + `}`
}

func connectedEntry(id, kind, provider, external, drive string) string {
	return fileHead(id, provider, kind) + `,"external_provider_file_id":"` + external + `","microsoft_drive_id":` + orNull(drive) + `}`
}

func fileEntry(id, name, contentType string, size int, parent string) string {
	return fileHead(id, "attio", "file") + fmt.Sprintf(`,"name":%s,"content_type":%s,"content_size":%d,"parent_folder_id":%s}`,
		quote(name), orNull(contentType), size, orNull(parent))
}

func orNull(s string) string {
	if s == "" {
		return "null"
	}
	return quote(s)
}

func data(entry string) string { return `{"data":` + entry + `}` }

func filesPage(next string, entries ...string) string {
	return `{"data":[` + strings.Join(entries, ",") + `],"pagination":{"next_cursor":` + orNull(next) + `}}`
}

func TestTheThreeTypesOfEntriesAreMadeAndRead(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	top := c.makeFile(folderOf(navyID, "Contracts"))
	inner := c.makeFile(folderIn(strings.ToUpper(top), "2026"))
	onedrive := connected("connected-file", "microsoft-onedrive", "01ISGXZ5")
	onedrive["microsoft_drive_id"] = "b!-RIj2"
	shared := c.makeFile(onedrive)
	drive := connected("connected-folder", "google-drive", "1aB")
	drive["microsoft_drive_id"] = "is for another provider"
	deck := c.makeFile(drive)
	null := connected("connected-file", "dropbox", "")
	null["microsoft_drive_id"] = nil
	box := c.makeFile(null)

	for id, want := range map[string]string{
		shared: connectedEntry(shared, "connected-file", "microsoft-onedrive", "01ISGXZ5", "b!-RIj2"),
		deck:   connectedEntry(deck, "connected-folder", "google-drive", "1aB", ""),
		box:    connectedEntry(box, "connected-file", "dropbox", "", ""),
		top:    strings.TrimSuffix(folderEntry(top, "Contracts", ""), "}") + `,"has_children":true}`,
		inner:  strings.TrimSuffix(folderEntry(inner, "2026", top), "}") + `,"has_children":false}`,
	} {
		c.wants(c.get("/v2/files/"+id), 200, data(want))
	}
	c.wants(c.get("/v2/files?object=companies&record_id="+navyID), 200, filesPage("",
		folderEntry(top, "Contracts", ""), folderEntry(inner, "2026", top),
		connectedEntry(shared, "connected-file", "microsoft-onedrive", "01ISGXZ5", "b!-RIj2"),
		connectedEntry(deck, "connected-folder", "google-drive", "1aB", ""),
		connectedEntry(box, "connected-file", "dropbox", "", "")))
	got := c.do(http.MethodPost, "/v2/files", J{"object": fake.ID("acme/objects/companies"), "record_id": strings.ToUpper(navyID), "file_type": "folder", "name": " "})
	c.wants(got, 200, data(folderEntry(madeFile(t, got), " ", "")))
}

func TestABodyOfNoEntryIsRefused(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	const bodyInvalid = "Body payload validation error."
	nothing := validation(bodyInvalid, `{"code":"invalid","path":[],"message":"Invalid input"}`)
	with := func(body J, key string, value any) J {
		body[key] = value
		return body
	}
	without := func(body J, key string) J {
		delete(body, key)
		return body
	}
	for name, tc := range map[string]struct {
		body any
		want string
	}{
		"an empty one":                    {J{}, nothing},
		"one that is wrapped":             {J{"data": folderOf(navyID, "A")}, nothing},
		"a list":                          {[]any{}, nothing},
		"a file, which is uploaded":       {with(folderOf(navyID, "A"), "file_type", "file"), nothing},
		"a folder without a name":         {without(folderOf(navyID, "A"), "name"), nothing},
		"a folder with a number as name":  {with(folderOf(navyID, "A"), "name", 1), nothing},
		"a folder in null":                {with(folderOf(navyID, "A"), "parent_folder_id", nil), nothing},
		"a file that Attio keeps":         {connected("connected-file", "attio", "1"), nothing},
		"a file of an unknown provider":   {connected("connected-file", "icloud", "1"), nothing},
		"a connected file without an id":  {without(connected("connected-file", "box", "1"), "external_provider_file_id"), nothing},
		"a connected file without a type": {without(connected("connected-file", "box", "1"), "file_type"), nothing},
		"a folder with an empty name": {folderOf(navyID, ""),
			validation(bodyInvalid, `{"code":"too_small","path":["name"],"message":"String must contain at least 1 character(s)"}`)},
		"a folder with several mistakes": {with(with(with(folderOf("navy", ""), "object", ""), "parent_folder_id", "top"), "colour", "red"),
			validation(bodyInvalid, `{"code":"too_small","path":["object"],"message":"String must contain at least 1 character(s)"}`,
				`{"code":"invalid_string","path":["record_id"],"message":"Invalid uuid","string_validation":"uuid"}`,
				`{"code":"too_small","path":["name"],"message":"String must contain at least 1 character(s)"}`,
				`{"code":"invalid_string","path":["parent_folder_id"],"message":"Invalid uuid","string_validation":"uuid"}`,
				`{"code":"unrecognized_keys","path":[],"message":"Unrecognized key(s) in object: 'colour'"}`)},
		"a connected file in a folder": {with(connected("connected-file", "box", "1"), "parent_folder_id", unknownID),
			validation(bodyInvalid, `{"code":"unrecognized_keys","path":[],"message":"Unrecognized key(s) in object: 'parent_folder_id'"}`)},
		"a folder with a provider": {with(folderOf(navyID, "A"), "storage_provider", "box"),
			validation(bodyInvalid, `{"code":"unrecognized_keys","path":[],"message":"Unrecognized key(s) in object: 'storage_provider'"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.do(http.MethodPost, "/v2/files", tc.body), 400, tc.want)
		})
	}
	c.wants(c.do(http.MethodPost, "/v2/files", folderOf(navyID, "A"), header("Content-Type", "text/plain")), 400, nothing)
}

func TestAnEntryNeedsItsRecordAndItsFolder(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	top := c.makeFile(folderOf(navyID, "Top"))
	link := c.makeFile(connected("connected-folder", "box", "1"))
	foreign := c.as(c.server.Token("globex")).makeFile(folderOf(fake.ID("globex/companies/navy"), "Theirs"))
	in := func(parent, record string) J {
		body := folderOf(record, "A")
		body["parent_folder_id"] = parent
		return body
	}
	of := func(object, record string) J {
		body := folderOf(record, "A")
		body["object"] = object
		return body
	}
	missing := func(id string) string {
		return refusal("400", "invalid_request_error", "value_not_found", `Parent folder with ID "`+id+`" was not found.`)
	}
	wrong := func(message string) string {
		return refusal("400", "invalid_request_error", "validation_type", message)
	}
	for name, tc := range map[string]struct {
		body   J
		status int
		want   string
	}{
		"an unknown object":             {of("ships", navyID), 404, notFound(`Object with slug/ID "ships" not found.`)},
		"an object that is off":         {of("deals", navyID), 400, isOff("deals")},
		"an unknown record":             {of("companies", unknownID), 404, notFound(`Record with ID "` + unknownID + `" not found.`)},
		"a record of another object":    {of("companies", graceID), 404, notFound(`Record with ID "` + graceID + `" not found.`)},
		"a record of another workspace": {of("companies", fake.ID("globex/companies/navy")), 404, notFound(`Record with ID "` + fake.ID("globex/companies/navy") + `" not found.`)},
		"an unknown folder":             {in(unknownID, navyID), 400, missing(unknownID)},
		"a folder of another workspace": {in(foreign, navyID), 400, missing(foreign)},
		"a folder of another record":    {in(top, armyID), 400, wrong(`Parent folder with ID "` + top + `" belongs to another record.`)},
		"a folder that is elsewhere":    {in(link, navyID), 400, wrong(`Parent folder with ID "` + link + `" is not a folder.`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.do(http.MethodPost, "/v2/files", tc.body), tc.status, tc.want)
		})
	}
}

func TestFilesAreListedByProviderAndByFolder(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	a := c.makeFile(folderOf(navyID, "A"))
	b := c.makeFile(folderIn(a, "B"))
	deep := c.makeFile(folderIn(b, "C"))
	link := c.makeFile(connected("connected-file", "box", "1"))
	c.makeFile(folderOf(armyID, "Theirs"))
	entryA, entryB, entryC := folderEntry(a, "A", ""), folderEntry(b, "B", a), folderEntry(deep, "C", b)
	entryLink := connectedEntry(link, "connected-file", "box", "1", "")
	for query, want := range map[string]string{
		"":                            filesPage("", entryA, entryB, entryC, entryLink),
		"&storage_provider=attio":     filesPage("", entryA, entryB, entryC),
		"&storage_provider=box":       filesPage("", entryLink),
		"&storage_provider=dropbox":   filesPage(""),
		"&parent_folder_id=" + a:      filesPage("", entryB),
		"&parent_folder_id=" + b:      filesPage("", entryC),
		"&parent_folder_id=" + deep:   filesPage(""),
		"&parent_folder_id=" + link:   filesPage(""),
		"&parent_folder_id=" + armyID: filesPage(""),
		"&unknown=1":                  filesPage("", entryA, entryB, entryC, entryLink),
		"&parent_folder_id=" + strings.ToUpper(a) + "&storage_provider=attio": filesPage("", entryB),
	} {
		c.wants(c.get("/v2/files?object=companies&record_id="+navyID+query), 200, want)
	}
	c.wants(c.get("/v2/files?object="+fake.ID("acme/objects/companies")+"&record_id="+strings.ToUpper(navyID)+"&storage_provider=box"), 200, filesPage("", entryLink))
	c.wants(c.get("/v2/files?object=people&record_id="+graceID), 200, filesPage(""))
}

func TestAListingNeedsItsRecord(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	queryInvalid := func(issues ...string) string { return validation("Query params validation error.", issues...) }
	required := func(key string) string {
		return `{"code":"invalid_type","path":["` + key + `"],"message":"Required","expected":"string","received":"undefined"}`
	}
	of := "object=companies&record_id=" + navyID
	for query, want := range map[string]string{
		"":                 queryInvalid(required("object"), required("record_id")),
		"object=companies": queryInvalid(required("record_id")),
		"object=&record_id=navy": queryInvalid(`{"code":"too_small","path":["object"],"message":"String must contain at least 1 character(s)"}`,
			`{"code":"invalid_string","path":["record_id"],"message":"Invalid uuid","string_validation":"uuid"}`),
		of + "&storage_provider=icloud": queryInvalid(`{"code":"invalid_option","path":["storage_provider"],` +
			`"message":"Invalid enum value. Expected 'attio' | 'dropbox' | 'box' | 'google-drive' | 'microsoft-onedrive', received 'icloud'",` +
			`"options":["attio","dropbox","box","google-drive","microsoft-onedrive"]}`),
		of + "&parent_folder_id=": queryInvalid(`{"code":"invalid_string","path":["parent_folder_id"],"message":"Invalid uuid","string_validation":"uuid"}`),
		of + "&limit=0":           queryInvalid(`{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`),
		of + "&limit=201":         queryInvalid(`{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 200"}`),
		of + "&cursor=x":          queryInvalid(`{"code":"invalid","path":["cursor"],"message":"Invalid cursor"}`),
	} {
		c.wants(c.get("/v2/files?"+query), 400, want)
	}
	c.wants(c.get("/v2/files?object=ships&record_id="+navyID), 404, notFound(`Object with slug/ID "ships" not found.`))
	c.wants(c.get("/v2/files?object=people&record_id="+navyID), 200, `{"data":[],"pagination":{"next_cursor":null}}`)
}

// listed has the names on a page, and the cursor of the next.
type filePage struct {
	Data       []struct{ Name string }
	Pagination struct {
		NextCursor string `json:"next_cursor"`
	}
}

func (c *client) filePage(limit int, cursor string) filePage {
	c.t.Helper()
	query := url.Values{"object": {"companies"}, "record_id": {navyID}}
	if limit > 0 {
		query.Set("limit", fmt.Sprint(limit))
	}
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	got := c.get("/v2/files?" + query.Encode())
	var p filePage
	if err := json.Unmarshal([]byte(got.Body), &p); err != nil || got.Status != 200 {
		c.t.Fatalf("%d %s (%v)", got.Status, got.Body, err)
	}
	return p
}

func TestPagesOfFilesNeitherRepeatNorSkip(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	var ids, all []string
	for i := range 201 {
		all = append(all, fmt.Sprint(i))
		ids = append(ids, c.makeFile(folderOf(navyID, fmt.Sprint(i))))
	}
	for limit, sizes := range map[int][]int{0: {50, 50, 50, 50, 1}, 200: {200, 1}, 67: {67, 67, 67}, 100: {100, 100, 1}} {
		var names []string
		cursor := ""
		for i, size := range sizes {
			p := c.filePage(limit, cursor)
			if len(p.Data) != size || (p.Pagination.NextCursor == "") != (i == len(sizes)-1) {
				t.Errorf("limit %d, page %d: %d files, next %q", limit, i, len(p.Data), p.Pagination.NextCursor)
			}
			for _, f := range p.Data {
				names = append(names, f.Name)
			}
			cursor = p.Pagination.NextCursor
		}
		if strings.Join(names, " ") != strings.Join(all, " ") {
			t.Errorf("limit %d: %v", limit, names)
		}
	}

	// The last file of a page may be deleted, and others may be added, before the next page is read.
	cursor := c.filePage(3, "").Pagination.NextCursor
	c.do(http.MethodDelete, "/v2/files/"+ids[2], nil)
	c.do(http.MethodDelete, "/v2/files/"+ids[3], nil)
	last := c.makeFile(folderOf(navyID, "last"))
	if p := c.filePage(200, cursor); len(p.Data) != 198 || p.Data[0].Name != "4" || p.Data[197].Name != "last" {
		t.Errorf("%d files after the third: %v", len(p.Data), p.Data)
	}
	c.do(http.MethodDelete, "/v2/files/"+last, nil)
	c.makeFile(folderOf(navyID, "later"))
	if p := c.filePage(200, cursor); p.Data[197].Name != "later" {
		t.Errorf("after the third: %v", p.Data)
	}
	invalid := validation("Query params validation error.", `{"code":"invalid","path":["cursor"],"message":"Invalid cursor"}`)
	for _, other := range []string{"object=companies&record_id=" + armyID, "object=companies&storage_provider=attio&record_id=" + navyID, "object=companies&record_id=" + navyID + "&parent_folder_id=" + ids[0]} {
		c.wants(c.get("/v2/files?"+other+"&cursor="+cursor), 400, invalid)
	}
}

func TestDeletingAFolderDeletesWhatIsInIt(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	top := c.makeFile(folderOf(navyID, "Top"))
	inner := c.makeFile(folderIn(top, "Inner"))
	deep := c.makeFile(folderIn(inner, "Deep"))
	beside := c.makeFile(folderOf(navyID, "Beside"))
	c.wants(c.do(http.MethodDelete, "/v2/files/"+top, nil), 200, `{}`)
	for _, id := range []string{top, inner, deep} {
		gone := notFound(`File with ID "` + id + `" was not found.`)
		c.wants(c.get("/v2/files/"+id), 404, gone)
		c.wants(c.get("/v2/files/"+id+"/download"), 404, gone)
		c.wants(c.do(http.MethodDelete, "/v2/files/"+id, nil), 404, gone)
	}
	c.wants(c.get("/v2/files?object=companies&record_id="+navyID), 200, filesPage("", folderEntry(beside, "Beside", "")))
}

func TestFilesGoWithTheirRecord(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	top := c.makeFile(folderOf(navyID, "Top"))
	inner := c.makeFile(folderIn(top, "Inner"))
	link := c.makeFile(connected("connected-file", "box", "1"))
	c.wants(c.do(http.MethodDelete, "/v2/objects/companies/records/"+navyID, nil), 200, `{}`)
	for _, id := range []string{top, inner, link} {
		c.wants(c.get("/v2/files/"+id), 404, notFound(`File with ID "`+id+`" was not found.`))
	}
	if files := c.server.Workspace("acme").Files(); len(files) != 0 {
		t.Errorf("left: %v", files)
	}
}

func TestAnUnknownFileIsNotFound(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	foreign := c.as(c.server.Token("globex")).makeFile(folderOf(fake.ID("globex/companies/navy"), "Theirs"))
	noUUID := validation("Path params validation error", `{"code":"invalid_string","path":["file_id"],"message":"Invalid uuid","string_validation":"uuid"}`)
	for _, call := range []struct{ method, suffix string }{{"GET", ""}, {"DELETE", ""}, {"GET", "/download"}} {
		for _, id := range []string{unknownID, foreign, strings.ToUpper(unknownID)} {
			c.wants(c.do(call.method, "/v2/files/"+id+call.suffix, nil), 404, notFound(`File with ID "`+strings.ToLower(id)+`" was not found.`))
		}
		c.wants(c.do(call.method, "/v2/files/mine"+call.suffix, nil), 400, noUUID)
	}
}

func TestFilesNeedTheirScopes(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	id := c.makeFile(folderOf(navyID, "A"))
	reader := c.as(c.server.Token("acme/reader"))
	reader.wants(reader.get("/v2/files/"+id), 200, data(strings.TrimSuffix(folderEntry(id, "A", ""), "}")+`,"has_children":false}`))
	reader.wants(reader.get("/v2/files?object=companies&record_id="+navyID), 200, filesPage("", folderEntry(id, "A", "")))
	missing := refusal("403", "auth_error", "unauthorized", "The API Key provided is not authorized to perform the requested action. "+
		"This request requires scopes: Read-Write access to the Files scope.")
	for _, call := range []struct{ method, path string }{{"POST", "/v2/files"}, {"POST", "/v2/files/upload"}, {"DELETE", "/v2/files/" + id}} {
		reader.wants(reader.do(call.method, call.path, J{}), 403, missing)
	}
}

func TestFilesAreListedAsRecorded(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	recording := contract.FindRecording(t, "kyle__files_list_1")
	got := contract.Do(t, c.http, c.server.URL, c.token, recording, contract.Replace("498f9009-e208-4386-90ce-f4c272b13a74", navyID))
	for _, difference := range contract.Compare(recording, got, contract.StrictNull()) {
		t.Error(difference)
	}
}
