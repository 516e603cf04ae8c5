package scenario

import (
	"encoding/base64"
	"reflect"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// recordFile is an entry among the files of a record.
type recordFile struct {
	placed
	Record                 written           `yaml:"record,required" doc:"The record that it is of, by object and key, like companies/navy."`
	Type                   fileType          `yaml:"type" doc:"What it is, by default a file that Attio keeps."`
	Name                   *noun             `yaml:"name" doc:"What a file or a folder is called. By default a file is called by its key, and a folder by a name made from it."`
	Folder                 string            `yaml:"folder" doc:"The folder that a file or a folder is in, by its key. It is of the same record."`
	ContentType            *string           `yaml:"content_type" doc:"The media type of a file, by default text/plain or, of one that is no text, application/octet-stream. With null none is known."`
	Text                   string            `yaml:"text" doc:"What is in a file, empty by default."`
	Base64                 base64Content     `yaml:"base64" doc:"What is in a file that is no text, in base64."`
	StorageProvider        connectedProvider `yaml:"storage_provider" doc:"Who keeps a connected file or folder, which has to have it."`
	ExternalProviderFileID string            `yaml:"external_provider_file_id" doc:"The id that a connected file or folder has where it is kept, by default its key."`
	MicrosoftDriveID       *string           `yaml:"microsoft_drive_id" doc:"The drive that it is on, for microsoft-onedrive."`
	CreatedAt              *moment           `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	CreatedBy              author            `yaml:"created_by" doc:"Who made it: a user, {token: name}, or the word system. By default the first admin."`
	ID                     uuid              `yaml:"id" doc:"The id, where it is not the one that derives from its place."`

	wrong bool // what is written does not have the form, which is reported
}

// Words and forms of single values.
type (
	fileType          string
	connectedProvider string
	base64Content     []byte
)

func (fileType) words() (string, []string) { return "type of file", asStrings(world.FileTypes()) }

func (connectedProvider) words() (string, []string) {
	return "storage provider", asStrings(world.ExternalProviders())
}

func (c *base64Content) decode(d *decoder, f yamltree.Field) {
	text, ok := d.text(f)
	if !ok {
		return
	}
	var err error
	if *c, err = base64.StdEncoding.DecodeString(text); err != nil { // which skips line feeds
		d.problems.Add(f.Value.Position, "%s must be base64, as the command base64 prints it", suggest.Quote(f.Name))
	}
}

func (*base64Content) schema() schema { return schema{"type": "string", "contentEncoding": "base64"} }

// keysOfFiles lists the keys that not every type of file has.
var keysOfFiles = map[world.FileType][]string{
	world.TypeFile:            {"name", "folder", "content_type", "text", "base64"},
	world.TypeFolder:          {"name", "folder"},
	world.TypeConnectedFile:   {"storage_provider", "external_provider_file_id", "microsoft_drive_id"},
	world.TypeConnectedFolder: {"storage_provider", "external_provider_file_id", "microsoft_drive_id"},
}

// kind returns what it is.
func (f *recordFile) kind() world.FileType {
	if f.Type == "" {
		return world.TypeFile
	}
	return world.FileType(f.Type)
}

func (f *recordFile) decode(d *decoder, at yamltree.Field) {
	before := d.problems.Reported()
	d.decodeStruct(at, reflect.ValueOf(f).Elem())
	f.wrong = d.problems.Reported() > before
}

func (*recordFile) schema() schema { return structSchema(reflect.TypeFor[recordFile]()) }
