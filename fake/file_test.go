package fake_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

func withFiles() fake.Option {
	return fake.YAML(`
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {companies: {records: {navy: {name: Navy}, army: {name: Army}}}}
    files:
      letter: {record: companies/navy, folder: papers, name: letter.txt, text: Dear Navy}
      papers: {record: companies/navy, type: folder}
      deck: {record: companies/army, type: connected-file, storage_provider: microsoft-onedrive, external_provider_file_id: 01I, microsoft_drive_id: b!1}
`)
}

// plain compares what is said of files; of their records the ids.
var plain = cmp.Options{
	cmpopts.IgnoreUnexported(fake.File{}),
	cmp.Comparer(func(a, b fake.Record) bool { return a.String() == b.String() }),
}

func names(files []fake.File) string {
	var all []string
	for _, f := range files {
		all = append(all, f.Name+f.ExternalID)
	}
	return strings.Join(all, " ")
}

func TestFilesOfAScenarioAreThereForGo(t *testing.T) {
	t.Parallel()
	acme := fake.New(t, withFiles()).Workspace("acme")
	navy, army := acme.Record("companies", "navy"), acme.Record("companies", "army")
	papers := fake.File{ID: fake.ID("acme/files/papers"), Record: navy, Type: fake.FileTypeFolder, Name: "Papers", Provider: fake.StorageAttio, CreatedAt: noon}
	letter := fake.File{ID: fake.ID("acme/files/letter"), Record: navy, Type: fake.FileTypeFile, Name: "letter.txt", Folder: papers.ID,
		ContentType: "text/plain", Provider: fake.StorageAttio, CreatedAt: noon}
	deck := fake.File{ID: fake.ID("acme/files/deck"), Record: army, Type: fake.FileTypeConnectedFile, Provider: fake.StorageOneDrive, ExternalID: "01I", DriveID: "b!1", CreatedAt: noon}
	if diff := cmp.Diff([]fake.File{papers, letter, deck}, acme.Files(), plain); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]fake.File{papers, letter}, navy.Files(), plain); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(letter, acme.File("letter"), plain); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if content := acme.File(letter.ID).Content(); string(content) != "Dear Navy" {
		t.Errorf("%q", content)
	}
	for _, key := range []string{"papers", "deck"} {
		if content := acme.File(key).Content(); content != nil {
			t.Errorf("%s has %q", key, content)
		}
	}
	acme.DeleteFile("papers")
	if got := names(acme.Files()); got != "01I" {
		t.Errorf("left: %s", got)
	}
}

func TestFilesAreAddedFromGo(t *testing.T) {
	t.Parallel()
	acme := fake.New(t, withFiles()).Workspace("acme")
	navy := acme.Record("companies", "navy")
	data := []byte("%PDF")
	added := acme.AddFile(fake.File{Record: navy, Name: "a.pdf", ContentType: "application/pdf", Folder: "papers"}, data)
	data[0] = 'x'
	copied := added.Content()
	copied[1] = 'x'
	if content := acme.File(added.ID).Content(); string(content) != "%PDF" {
		t.Errorf("the content is %q", content)
	}
	folder := acme.AddFolder(fake.File{Record: navy, Name: "2026", Folder: fake.ID("acme/files/papers")})
	shared := acme.AddFolder(fake.File{Record: navy, Provider: fake.StorageOneDrive, ExternalID: "1", DriveID: "b!2"})
	linked := acme.AddFile(fake.File{Record: navy, Provider: fake.StorageDropbox, ExternalID: "2"}, nil)
	empty := acme.AddFile(fake.File{Record: navy, Name: "empty", Folder: folder.ID}, nil)
	if content := empty.Content(); content == nil || len(content) != 0 {
		t.Errorf("an empty file has %v", content)
	}
	papers := fake.ID("acme/files/papers")
	for i, pair := range [][2]fake.File{
		{added, {Type: fake.FileTypeFile, Name: "a.pdf", ContentType: "application/pdf", Folder: papers, Provider: fake.StorageAttio}},
		{folder, {Type: fake.FileTypeFolder, Name: "2026", Folder: papers, Provider: fake.StorageAttio}},
		{shared, {Type: fake.FileTypeConnectedFolder, Provider: fake.StorageOneDrive, ExternalID: "1", DriveID: "b!2"}},
		{linked, {Type: fake.FileTypeConnectedFile, Provider: fake.StorageDropbox, ExternalID: "2"}},
		{empty, {Type: fake.FileTypeFile, Name: "empty", Folder: folder.ID, Provider: fake.StorageAttio}},
	} {
		pair[1].ID, pair[1].Record = pair[0].ID, navy
		if diff := cmp.Diff(pair[1], pair[0], plain, cmpopts.IgnoreFields(fake.File{}, "CreatedAt")); diff != "" {
			t.Errorf("%d: (-want +got)\n%s", i, diff)
		}
		if diff := cmp.Diff(pair[0], acme.File(pair[0].ID), plain); diff != "" {
			t.Errorf("%d, read again: %s", i, diff)
		}
	}
}

func TestAMistakeWithFilesEndsTheTest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(w *fake.Workspace, navy fake.Record)
		want string
	}{
		"an unknown file":      {func(w *fake.Workspace, _ fake.Record) { w.File("letr") }, `workspace "acme" has no file "letr"`},
		"an unknown one to go": {func(w *fake.Workspace, _ fake.Record) { w.DeleteFile("letr") }, `workspace "acme" has no file "letr"`},
		"no record":            {func(w *fake.Workspace, _ fake.Record) { w.AddFile(fake.File{Name: "a"}, nil) }, `a file needs a record, and that of "a" is none`},
		"no name": {func(w *fake.Workspace, navy fake.Record) { w.AddFolder(fake.File{Record: navy}) },
			"a folder of companies/" + fake.ID("acme/companies/navy") + " needs a name"},
		"an unknown provider": {func(w *fake.Workspace, navy fake.Record) {
			w.AddFile(fake.File{Record: navy, Provider: "dropbx", ExternalID: "1"}, nil)
		},
			`unknown storage provider "dropbx"; did you mean "dropbox"?`},
		"the content of another's": {func(w *fake.Workspace, navy fake.Record) {
			w.AddFile(fake.File{Record: navy, Provider: fake.StorageBox, ExternalID: "1"}, []byte("a"))
		}, `a file that box keeps has no content here`},
		"the name of another's": {func(w *fake.Workspace, navy fake.Record) {
			w.AddFile(fake.File{Record: navy, Provider: fake.StorageBox, ExternalID: "1", Name: "a"}, nil)
		}, `a connected-file has no name, folder or content type`},
		"an external id of one's own": {func(w *fake.Workspace, navy fake.Record) {
			w.AddFile(fake.File{Record: navy, ExternalID: "1", Name: "a"}, nil)
		}, `what Attio keeps has no external id and no drive`},
		"a folder with a content type": {func(w *fake.Workspace, navy fake.Record) {
			w.AddFolder(fake.File{Record: navy, Name: "a", ContentType: "text/plain"})
		}, `folder "a" has no content type`},
		"a folder of another record": {func(w *fake.Workspace, _ fake.Record) {
			w.AddFolder(fake.File{Record: w.Record("companies", "army"), Name: "a", Folder: "papers"})
		}, `belongs to another record`},
		"an unknown folder": {func(w *fake.Workspace, navy fake.Record) {
			w.AddFolder(fake.File{Record: navy, Name: "a", Folder: "paper"})
		}, `fake: workspace "acme" has no file "paper"`},
		"a record that is gone": {func(w *fake.Workspace, navy fake.Record) {
			w.Delete("companies", "navy")
			w.AddFolder(fake.File{Record: navy, Name: "a"})
		}, `Record with ID "` + fake.ID("acme/companies/navy") + `" not found.`},
		"too much": {func(w *fake.Workspace, navy fake.Record) {
			w.AddFile(fake.File{Record: navy, Name: "a"}, make([]byte, 100))
		}, `fakeattio keeps at most 100 bytes of files`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, withFiles(), fake.WithoutSocket(), fake.MaxFileBytes(100))
			defer srv.Close()
			acme := srv.Workspace("acme")
			tc.do(acme, acme.Record("companies", "navy"))
			if len(test.fatal) != 1 || !strings.Contains(test.fatal[0], tc.want) {
				t.Errorf("got %q, want %q", test.fatal, tc.want)
			}
		})
	}
}

func TestAClientUploadsAndDownloadsOverEveryTransport(t *testing.T) {
	t.Parallel()
	for name, options := range map[string][]fake.Option{"a socket": nil, "no socket": {fake.WithoutSocket()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := fake.New(t, append(options, withFiles())...)
			client := http.DefaultClient
			if options != nil {
				client = srv.Client()
			}
			send := func(method, path, contentType string, body io.Reader) (int, string) {
				request, err := http.NewRequest(method, srv.URL+path, body)
				if err != nil {
					t.Fatal(err)
				}
				request.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
				request.Header.Set("Content-Type", contentType)
				response, err := client.Do(request)
				if err != nil {
					t.Fatal(err)
				}
				defer response.Body.Close()
				raw, err := io.ReadAll(response.Body)
				if err != nil {
					t.Fatal(err)
				}
				return response.StatusCode, string(raw)
			}
			var form bytes.Buffer
			w := multipart.NewWriter(&form)
			_ = w.WriteField("object", "companies")
			_ = w.WriteField("record_id", fake.ID("acme/companies/army"))
			file, _ := w.CreateFormFile("file", "report.txt")
			content := strings.Repeat("All is well. ", 10_000)
			_, _ = io.WriteString(file, content)
			_ = w.Close()
			if status, body := send("POST", "/v2/files/upload", w.FormDataContentType(), &form); status != 201 {
				t.Fatalf("%d %s", status, body)
			}
			files := srv.Workspace("acme").Record("companies", "army").Files()
			if names(files) != "01I report.txt" {
				t.Fatal(names(files))
			}
			if status, body := send("GET", "/v2/files/"+files[1].ID+"/download", "", nil); status != 200 || body != content {
				t.Errorf("%d, %d bytes", status, len(body))
			}
		})
	}
}
