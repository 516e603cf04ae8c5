package control_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// A form may contain bytes that are not UTF-8, which neither an answer nor a scenario can hold.
func TestAnUploadWhoseNameIsNoTextIsExported(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	acme := srv.Workspace("acme")
	record := acme.Create("companies", fake.Values{"name": "Navy"})
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range map[string]string{"object": "companies", "record_id": record.ID()} {
		if err := form.WriteField(field, value); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {"form-data; name=\"file\"; filename=\"caf\xe9.txt\""}, "Content-Type": {"text/plain; x=\xff"},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(part, "\xff\xfe")
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), "POST", srv.URL+"/v2/files/upload", &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
	response, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if answer, _ := io.ReadAll(response.Body); response.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", response.StatusCode, answer)
	}
	file, err := srv.Export()
	if err != nil {
		t.Fatal(err)
	}
	again := fake.New(t, fake.YAML(string(file)), fake.WithoutSocket())
	if files := again.Workspace("acme").Files(); len(files) != 1 || files[0].Name != "caf\ufffd.txt" {
		t.Errorf("got %+v", files)
	}
}
