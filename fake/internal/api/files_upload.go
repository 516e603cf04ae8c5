package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The bounds of an upload in bytes. Attio's documentation has the first, as 50 MB; the others are this
// project's.
const (
	maxFile   = 50 << 20
	maxUpload = maxFile + 1<<20
	maxText   = 64 << 10 // of a field that is no file, or of the name and the type of one
	maxParts  = 100
)

// uploadShape is the form of an upload, in which a file is an object. How Attio refuses another was never
// captured. Its OpenAPI document has these fields in this order, and says that it takes no others.
var uploadShape = shape.Object(
	shape.Required("file", shape.Object()),
	shape.Required("object", shape.String().Min(1)),
	shape.Required("record_id", shape.UUID()),
	shape.Optional("parent_folder_id", shape.UUID()),
).Strict()

// uploadFile answers POST /v2/files/upload.
func uploadFile(c *Call) (any, error) {
	arrival := c.Workspace.Arrive()
	defer arrival.Done()
	sent, err := c.readForm(arrival)
	_, _ = io.Copy(io.Discard, c.Request.Body) // so that the client gets to read a refusal
	c.Sent, _ = json.Marshal(sent.fields)      // strings and numbers only
	if err != nil {
		return nil, err
	}
	if issues := shape.Check(uploadShape, sent.fields); issues != nil {
		return nil, attio.InvalidBody(issues...)
	}
	rendered, err := c.addFile(sent.text("object"), world.File{
		Type: world.TypeFile, Name: sent.name, Content: sent.content,
		Record: readID(sent.text("record_id")), Folder: readID(sent.text("parent_folder_id")),
	})
	return created{rendered}, err
}

// form is what has come of an upload.
type form struct {
	// fields has the texts by name, of a file what is known of it, and of what comes more than once all.
	// It is also what the journal gets to see.
	fields  map[string]any
	name    string
	content *world.FileContent
}

// readForm reads a form, in whatever order its parts come. What is not a form is read as an empty one, as
// with JSON.
func (c *Call) readForm(arrival *world.Arrival) (form, error) {
	f := form{fields: map[string]any{}}
	kind, parameters, _ := mime.ParseMediaType(c.Request.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return f, nil
	}
	if parameters["boundary"] == "" {
		return f, attio.UnreadableBody(http.ErrMissingBoundary)
	}
	// The line feed after a form may be missing, but not its end.
	body := io.MultiReader(c.Request.Body, strings.NewReader("\r\n"), earlyEnd{})
	reader := multipart.NewReader(body, parameters["boundary"])
	for n := 0; ; n++ {
		part, err := reader.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return f, nil
		case err == nil && n == maxParts:
			return f, attio.FormTooLarge(fmt.Sprintf("it has more than %d parts", maxParts))
		case err == nil:
			err = f.read(part, arrival)
		}
		if err != nil {
			return f, unreadable(err)
		}
	}
}

// earlyEnd is what comes after a body that ends too early.
type earlyEnd struct{}

func (earlyEnd) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// unreadable answers a form that could not be read to its end.
func unreadable(err error) error {
	if refusal, ok := errors.AsType[*attio.Error](err); ok {
		return refusal
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return attio.BodyTooLarge(maxUpload)
	}
	return attio.UnreadableBody(err)
}

// read reads a part: a file if it has the name of one, or else a text. Only the first file of the right
// field is kept.
func (f *form) read(part *multipart.Part, arrival *world.Arrival) error {
	field, name, contentType := part.FormName(), readable(part.FileName()), readable(part.Header.Get("Content-Type"))
	if len(field)+len(name)+len(contentType) > maxText {
		return attio.FormTooLarge(fmt.Sprintf("the names of a part are longer than %d bytes", maxText))
	}
	if name == "" {
		text, err := io.ReadAll(io.LimitReader(part, maxText+1))
		if len(text) > maxText {
			return attio.FormTooLarge(fmt.Sprintf("the field %q is longer than %d bytes", field, maxText))
		}
		f.add(field, readable(string(text)))
		return err
	}
	file := map[string]any{"name": name}
	_, another := f.fields["file"]
	f.add(field, file)
	if field != "file" || another {
		return nil
	}
	f.name, f.content = name, &world.FileContent{}
	if contentType != "" {
		f.content.Type, file["content_type"] = &contentType, contentType
	}
	var err error
	f.content.Data, err = io.ReadAll(&counted{part, maxFile, arrival})
	file["content_size"] = len(f.content.Data)
	return err
}

// readable replaces bytes that are not UTF-8 with the replacement character, as a JSON decoder does: JSON cannot contain
// them.
func readable(text string) string { return string([]rune(text)) }

// add adds a field; of one that comes again there is a list.
func (f *form) add(field string, value any) {
	switch before := f.fields[field].(type) {
	case nil:
		f.fields[field] = value
	case []any:
		f.fields[field] = append(before, value)
	default:
		f.fields[field] = []any{before, value}
	}
}

func (f *form) text(field string) string {
	text, _ := f.fields[field].(string)
	return text
}

// counted reads a file, and stops where it is too large for Attio or for this server.
type counted struct {
	part    io.Reader
	left    int64
	arrival *world.Arrival
}

func (r *counted) Read(p []byte) (int, error) {
	n, err := r.part.Read(p)
	if n == 0 {
		return 0, err
	}
	if r.left -= int64(n); r.left < 0 {
		return 0, attio.FileTooLarge(maxFile)
	}
	if refusal := r.arrival.Add(int64(n)); refusal != nil {
		return 0, refusal
	}
	return n, err
}
