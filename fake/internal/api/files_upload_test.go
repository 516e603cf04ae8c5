package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// part is a part of a form: a text or, if it has a name, a file.
type part struct{ field, name, contentType, content string }

func textPart(field, text string) part { return part{field: field, content: text} }

func filePart(name, contentType, content string) part {
	return part{"file", name, contentType, content}
}

const boundary = "a-boundary"

// formOf writes a form.
func formOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if err := w.SetBoundary(boundary); err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		disposition := `form-data; name="` + p.field + `"`
		if p.name != "" {
			disposition += `; filename="` + p.name + `"`
		}
		head := textproto.MIMEHeader{"Content-Disposition": {disposition}}
		if p.contentType != "" {
			head.Set("Content-Type", p.contentType)
		}
		into, err := w.CreatePart(head)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(into, p.content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body.Bytes()
}

// post uploads a body with a content type.
func (c *client) post(contentType string, body []byte) answer {
	c.t.Helper()
	return c.do(http.MethodPost, "/v2/files/upload", nil, func(r *http.Request) {
		r.Header.Set("Content-Type", contentType)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	})
}

func (c *client) upload(parts ...part) answer {
	c.t.Helper()
	return c.post("multipart/form-data; boundary="+boundary, formOf(c.t, parts...))
}

// toNavy are the parts that say where a file belongs.
func toNavy(file part) []part {
	return []part{file, textPart("object", "companies"), textPart("record_id", navyID)}
}

func TestAFileIsUploadedWhateverTheOrderOfItsParts(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	folder := c.makeFile(folderOf(navyID, "Contracts"))
	file := filePart("Vertrag (1).pdf", "application/pdf", "%PDF-1.7")
	object, record, parent := textPart("object", "companies"), textPart("record_id", strings.ToUpper(navyID)), textPart("parent_folder_id", folder)
	for _, parts := range [][]part{{file, object, record, parent}, {parent, record, object, file}, {object, file, parent, record}} {
		got := c.upload(parts...)
		id := madeFile(t, got)
		want := fileEntry(id, "Vertrag (1).pdf", "application/pdf", 8, folder)
		c.wants(got, 201, data(want))
		c.wants(c.get("/v2/files/"+id), 200, data(want))
		if got := c.get("/v2/files/" + id + "/download"); got.Status != 200 || got.Body != "%PDF-1.7" { // the client follows the redirect
			t.Errorf("%d %s", got.Status, got.Body)
		}
		if accurate := got.Header.Get("X-Accurate-At"); accurate != "2026-01-15T12:00:00.000000000Z" {
			t.Errorf("x-accurate-at: %q", accurate)
		}
	}
	c.wants(c.get("/v2/files/"+folder), 200, data(strings.TrimSuffix(folderEntry(folder, "Contracts", ""), "}")+`,"has_children":true}`))
}

func TestAFileKeepsItsBytesAndItsName(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	var every strings.Builder
	for i := range 1 << 16 {
		every.WriteByte(byte(i))
	}
	for name, tc := range map[string]struct {
		sent              part
		name, contentType string
	}{
		"an empty file":                {filePart("empty.txt", "text/plain", ""), "empty.txt", "text/plain"},
		"every byte":                   {filePart("all.bin", "application/octet-stream", every.String()), "all.bin", "application/octet-stream"},
		"no type":                      {filePart("a", "", "x"), "a", ""},
		"a type with a parameter":      {filePart("a", "text/plain; charset=iso-8859-1", "x"), "a", "text/plain; charset=iso-8859-1"},
		"a path before the name":       {filePart("/home/ada/a.txt", "text/plain", "x"), "a.txt", "text/plain"},
		"a name that is none in a URL": {filePart("..", "text/plain", "x"), "..", "text/plain"},
		"a name of other letters":      {filePart("naïve 日本 ☂?#%.txt", "text/plain", "x"), "naïve 日本 ☂?#%.txt", "text/plain"},
		"what looks like a boundary":   {filePart("a", "text/plain", "--"+boundary+"x\r\n--"+boundary[:3]+"\r\n--"), "a", "text/plain"},
		"quoted-printable as it came":  {filePart("a", "text/plain", "=41=\r\n"), "a", "text/plain"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			got := c.upload(toNavy(tc.sent)...)
			id := madeFile(t, got)
			c.wants(got, 201, data(fileEntry(id, tc.name, tc.contentType, len(tc.sent.content), "")))
			if got := c.get("/v2/files/" + id + "/download"); got.Status != 200 || got.Body != tc.sent.content {
				t.Errorf("%d, %d bytes of %d", got.Status, len(got.Body), len(tc.sent.content))
			}
			if content := c.server.Workspace("acme").File(id).Content(); string(content) != tc.sent.content {
				t.Errorf("in Go %d bytes of %d", len(content), len(tc.sent.content))
			}
		})
	}
}

func TestATransferEncodingIsNotUndone(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	body := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=41\r\n" +
		"--b\r\nContent-Disposition: form-data; name=\"object\"\r\n\r\ncompanies\r\n" +
		"--b\r\nContent-Disposition: form-data; name=\"record_id\"\r\n\r\n" + navyID + "\r\n--b--"
	got := c.post("Multipart/Form-Data; boundary=b", []byte(body))
	c.wants(got, 201, data(fileEntry(madeFile(t, got), "a", "", 3, "")))
}

func TestAFormOfTheWrongShapeIsRefused(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	const form = "multipart/form-data; boundary=" + boundary
	invalid := func(issues ...string) string { return validation("Body payload validation error.", issues...) }
	missing := func(key, kind string) string {
		return `{"code":"invalid_type","path":["` + key + `"],"message":"Required","expected":"` + kind + `","received":"undefined"}`
	}
	wrong := func(key, expected, received string) string {
		return `{"code":"invalid_type","path":["` + key + `"],"message":"Expected ` + expected + `, received ` + received + `","expected":"` + expected + `","received":"` + received + `"}`
	}
	everything := invalid(missing("file", "object"), missing("object", "string"), missing("record_id", "string"))
	unreadable := func(cause string) string {
		return invalid(`{"code":"invalid","path":[],"message":"Unreadable body: ` + cause + `"}`)
	}
	file := filePart("a.txt", "text/plain", "hello")
	object, record := textPart("object", "companies"), textPart("record_id", navyID)
	whole := formOf(t, file, object, record)
	for name, tc := range map[string]struct {
		contentType string
		body        []byte
		status      int
		want        string
	}{
		"JSON":                {"application/json", []byte(`{"object":"companies"}`), 400, everything},
		"no type at all":      {"", whole, 400, everything},
		"another multipart":   {"multipart/mixed; boundary=" + boundary, whole, 400, everything},
		"a form of a browser": {"application/x-www-form-urlencoded", []byte("object=companies"), 400, everything},
		"no boundary":         {"multipart/form-data", whole, 400, unreadable("no multipart boundary param in Content-Type")},
		"a broken boundary":   {"multipart/form-data; boundary", whole, 400, unreadable("no multipart boundary param in Content-Type")},
		"another boundary":    {"multipart/form-data; boundary=other", whole, 400, unreadable("multipart: NextPart: unexpected EOF")},
		"nothing":             {form, nil, 400, unreadable("multipart: NextPart: unexpected EOF")},
		"no parts":            {form, formOf(t), 400, everything},
		"cut off in a file":   {form, whole[:bytes.Index(whole, []byte("llo"))], 400, unreadable("unexpected EOF")},
		"cut off in a header": {form, whole[:40], 400, unreadable("unexpected EOF")},
		"without its end":     {form, bytes.TrimSuffix(whole, []byte("--\r\n")), 400, unreadable("unexpected EOF")},
		"no file":             {form, formOf(t, object, record), 400, invalid(missing("file", "object"))},
		"no object":           {form, formOf(t, file, record), 400, invalid(missing("object", "string"))},
		"no record":           {form, formOf(t, file, object), 400, invalid(missing("record_id", "string"))},
		"a text as the file":  {form, formOf(t, textPart("file", "hello"), object, record), 400, invalid(wrong("file", "object", "string"))},
		"a file as the object": {form, formOf(t, file, record, part{"object", "a.txt", "text/plain", "companies"}), 400,
			invalid(wrong("object", "string", "object"))},
		"a file of another field": {form, formOf(t, part{"document", "a.txt", "text/plain", "hello"}, object, record), 400,
			invalid(missing("file", "object"), `{"code":"unrecognized_keys","path":[],"message":"Unrecognized key(s) in object: 'document'"}`)},
		"other fields": {form, formOf(t, file, object, record, textPart("name", "b"), textPart("folder", "c")), 400,
			invalid(`{"code":"unrecognized_keys","path":[],"message":"Unrecognized key(s) in object: 'folder', 'name'"}`)},
		"a part without a name": {form, formOf(t, file, object, record, textPart("", "b")), 400,
			invalid(`{"code":"unrecognized_keys","path":[],"message":"Unrecognized key(s) in object: ''"}`)},
		"two files":   {form, formOf(t, file, object, record, file), 400, invalid(wrong("file", "object", "array"))},
		"two objects": {form, formOf(t, file, object, record, object, object), 400, invalid(wrong("object", "string", "array"))},
		"nonsense in each field": {form, formOf(t, file, textPart("object", ""), textPart("record_id", "navy"), textPart("parent_folder_id", "")), 400,
			invalid(`{"code":"too_small","path":["object"],"message":"String must contain at least 1 character(s)"}`,
				`{"code":"invalid_string","path":["record_id"],"message":"Invalid uuid","string_validation":"uuid"}`,
				`{"code":"invalid_string","path":["parent_folder_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
		"an unknown object": {form, formOf(t, file, textPart("object", "ships"), record), 404, notFound(`Object with slug/ID "ships" not found.`)},
		"an unknown record": {form, formOf(t, file, object, textPart("record_id", unknownID)), 404, notFound(`Record with ID "` + unknownID + `" not found.`)},
		"an unknown folder": {form, formOf(t, file, object, record, textPart("parent_folder_id", unknownID)), 400,
			refusal("400", "invalid_request_error", "value_not_found", `Parent folder with ID "`+unknownID+`" was not found.`)},
		"a text that is too long": {form, formOf(t, file, textPart("object", strings.Repeat("x", 64<<10+1)), record), 413,
			tooLarge(`Form is too large: the field "object" is longer than 65536 bytes.`)},
		"a text of the greatest length": {form, formOf(t, file, textPart("object", strings.Repeat("x", 64<<10)), record), 404,
			notFound(`Object with slug/ID "` + strings.Repeat("x", 64<<10) + `" not found.`)},
		"a name that is too long": {form, formOf(t, filePart(strings.Repeat("x", 64<<10), "text/plain", "hello"), object, record), 413,
			tooLarge("Form is too large: the names of a part are longer than 65536 bytes.")},
		"too many parts": {form, formOf(t, append(toNavy(file), make([]part, 98)...)...), 413, tooLarge("Form is too large: it has more than 100 parts.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.post(tc.contentType, tc.body), tc.status, tc.want)
		})
	}
	t.Cleanup(func() {
		if files := c.server.Workspace("acme").Files(); len(files) != 0 {
			t.Errorf("something was uploaded: %v", files)
		}
	})
}

func tooLarge(message string) string {
	return refusal("413", "invalid_request_error", "validation_type", message)
}

func TestAFileHasAtMost50MB(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	content := strings.Repeat("x", 50<<20)
	got := c.upload(toNavy(filePart("large", "", content))...)
	c.wants(got, 201, data(fileEntry(madeFile(t, got), "large", "", 50<<20, "")))
	c.wants(c.upload(toNavy(filePart("larger", "", content+"x"))...), 413, tooLarge("File is too large, the limit is 52428800 bytes."))
	// Nor can anything else keep the server reading.
	c.wants(c.upload(part{"other", "a", "", content}, part{"more", "b", "", content}), 413, tooLarge("Request body is too large, the limit is 53477376 bytes."))
	if files := c.server.Workspace("acme").Files(); len(files) != 1 {
		t.Errorf("%d files", len(files))
	}
}

func full(limit int) string {
	return tooLarge(fmt.Sprintf("fakeattio keeps at most %d bytes of files, all workspaces and snapshots together, and this one would be over that. "+
		"Delete some, or start it with a higher limit: --max-file-bytes, or fake.MaxFileBytes in Go.", limit))
}

func TestAllFilesTogetherHaveALimit(t *testing.T) {
	t.Parallel()
	c := newFileClient(t, fake.MaxFileBytes(10))
	globex := c.as(c.server.Token("globex"))
	six := toNavy(filePart("six", "", "123456"))
	first := c.upload(six...)
	if first.Status != 201 {
		t.Fatal(first.Body)
	}
	c.wants(c.upload(six...), 413, full(10))
	theirs := []part{filePart("five", "", "12345"), textPart("object", "companies"), textPart("record_id", fake.ID("globex/companies/navy"))}
	globex.wants(globex.upload(theirs...), 413, full(10))
	if got := c.upload(toNavy(filePart("four", "", "1234"))...); got.Status != 201 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	if got := c.upload(toNavy(filePart("none", "", ""))...); got.Status != 201 {
		t.Errorf("%d %s", got.Status, got.Body)
	}

	// Deleted files make room, and so do uploads refused for another reason.
	c.do(http.MethodDelete, "/v2/files/"+madeFile(t, first), nil)
	for range 3 {
		c.wants(c.upload(filePart("six", "", "123456")), 400, validation("Body payload validation error.",
			`{"code":"invalid_type","path":["object"],"message":"Required","expected":"string","received":"undefined"}`,
			`{"code":"invalid_type","path":["record_id"],"message":"Required","expected":"string","received":"undefined"}`))
	}
	if got := globex.upload(theirs...); got.Status != 201 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	c.do(http.MethodDelete, "/v2/objects/companies/records/"+navyID, nil)
	others := []part{filePart("five", "", "12345"), textPart("object", "companies"), textPart("record_id", armyID)}
	if got := c.upload(others...); got.Status != 201 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	c.server.Reset()
	if got := c.upload(toNavy(filePart("ten", "", "1234567890"))...); got.Status != 201 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
}

func TestTheJournalHasANoteOfAnUpload(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	c.upload(toNavy(filePart("a.txt", "text/plain", "hello"))...)
	c.post("multipart/form-data; boundary="+boundary, formOf(t, toNavy(filePart("a.txt", "", "hello"))...)[:120])
	c.as(strings.Repeat("0", 64)).upload(toNavy(filePart("a.txt", "text/plain", "hello"))...)
	var journal struct {
		Requests []struct {
			Status  int
			Request any
		}
	}
	if err := json.Unmarshal([]byte(c.get("/_fake/requests").Body), &journal); err != nil {
		t.Fatal(err)
	}
	var got []any
	for _, r := range journal.Requests {
		got = append(got, r.Status, r.Request)
	}
	want := []any{
		201, map[string]any{"object": "companies", "record_id": navyID,
			"file": map[string]any{"name": "a.txt", "content_type": "text/plain", "content_size": 5.0}},
		400, map[string]any{"file": map[string]any{"name": "a.txt", "content_size": 5.0}},
		401, nil,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Any form gets an answer, and is stored as a whole or not at all.
func FuzzUpload(f *testing.F) {
	// The seeds are as short as possible: minimizing a long finding takes long.
	const field = "--b\r\nContent-Disposition:form-data;name="
	whole := []byte(field + "file;filename=a\r\n\r\nx\r\n" + field + "object\r\n\r\ncompanies\r\n" + field + "record_id\r\n\r\n" + navyID + "\r\n--b--")
	f.Add("multipart/form-data; boundary=b", whole)
	f.Add("multipart/form-data; boundary=b", whole[:len(whole)/2])
	f.Add("multipart/form-data; boundary=\"\"", whole[:len(whole)/2])
	f.Add("multipart/form-data; boundary=b", []byte("--b\r\n\r\n--b\r\nContent-Disposition: form-data; name=file; filename=\"\\\"\r\n\r\n\x00\r\n--b--"))
	f.Add("application/json", []byte("{}"))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		c := newFileClient(t)
		r := httptest.NewRequest(http.MethodPost, "/v2/files/upload", bytes.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+c.token)
		r.Header["Content-Type"] = []string{contentType}
		w := httptest.NewRecorder()
		c.server.Handler().ServeHTTP(w, r)
		made := 0
		switch w.Code {
		case 201:
			made = 1
		case 400, 404, 413:
		default:
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if files := c.server.Workspace("acme").Files(); len(files) != made {
			t.Errorf("%d, and there are %d files", w.Code, len(files))
		}
	})
}
