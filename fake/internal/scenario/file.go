package scenario

import (
	"cmp"
	"encoding/base64"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// recordFile is a file or a folder of a record.
type recordFile struct {
	placed
	Record                 written           `yaml:"record,required" doc:"The record that it belongs to, by object and key, like companies/navy."`
	Type                   fileType          `yaml:"type" doc:"The type. Defaults to a file that Attio stores."`
	Name                   *noun             `yaml:"name" doc:"The name of a file or a folder. By default it is the key of a file, and made from the key of a folder."`
	Folder                 string            `yaml:"folder" doc:"The folder that a file or a folder is in, by its key. It belongs to the same record."`
	ContentType            *string           `yaml:"content_type" doc:"The media type of a file. Defaults to text/plain, or to application/octet-stream for a file that is not given as text. With null the type is unknown."`
	Text                   string            `yaml:"text" doc:"The content of a file, as text. Empty by default."`
	Base64                 base64Content     `yaml:"base64" doc:"The content of a file that is not text, in base64."`
	StorageProvider        connectedProvider `yaml:"storage_provider" doc:"Where a connected file or folder is stored. Required for these."`
	ExternalProviderFileID string            `yaml:"external_provider_file_id" doc:"The id of a connected file or folder where it is stored. Defaults to its key."`
	MicrosoftDriveID       *string           `yaml:"microsoft_drive_id" doc:"The drive that it is on, for microsoft-onedrive."`
	CreatedAt              *moment           `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	CreatedBy              author            `yaml:"created_by" doc:"Who created it: a user, {token: name}, {app: key}, or system. Defaults to the first admin."`
	identified             `yaml:"inline"`
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

// keysOfFiles lists the keys that only some types of files have.
var keysOfFiles = map[world.FileType][]string{
	world.TypeFile:            {"name", "folder", "content_type", "text", "base64"},
	world.TypeFolder:          {"name", "folder"},
	world.TypeConnectedFile:   {"storage_provider", "external_provider_file_id", "microsoft_drive_id"},
	world.TypeConnectedFolder: {"storage_provider", "external_provider_file_id", "microsoft_drive_id"},
}

// kind returns the type, by default a file.
func (f *recordFile) kind() world.FileType {
	if f.Type == "" {
		return world.TypeFile
	}
	return world.FileType(f.Type)
}

func (c *idCollector) files(w *workspace) { collectAll(c, "files/", w.Files) }

// addFiles creates the files of all records, by the rules of the API, each folder before its contents.
func (b *builder) addFiles() {
	files := fileBuilder{b, make(map[string]progress)}
	for i := range b.workspace.Files.items {
		files.add(&b.workspace.Files.items[i])
	}
}

// fileBuilder creates the files of one workspace.
type fileBuilder struct {
	*builder
	files map[string]progress // by their keys
}

// progress is how far the creation of a file has got.
type progress int

const (
	begun progress = iota + 1
	refused
	made
)

// add creates a file, unless that was tried before.
func (b *fileBuilder) add(f *item[recordFile]) progress {
	if known := b.files[f.key]; known != 0 {
		return known
	}
	b.files[f.key] = begun
	b.files[f.key] = b.make(f)
	return b.files[f.key]
}

// make creates a file, and reports a refusal.
func (b *fileBuilder) make(f *item[recordFile]) progress {
	if f.value.wrong || f.value.Record.Node == nil || !b.checkKeys(f) {
		return refused
	}
	record, ok := b.namedRecord(f.value.Record.Node)
	if !ok {
		return refused
	}
	draft := f.value.draft(f.key)
	draft.Record = record.Record
	if draft.Folder, ok = b.folder(&f.value); !ok {
		return refused
	}
	b.write(at(f.value.CreatedAt, b.created), b.authorOf(f.value.CreatedBy))
	b.named(b.fileID(f.key), f.key, f.at)
	if _, err := b.tx.AddFile(b.fileID(f.key), string(record.Object), draft); err != nil {
		b.refuse(f.value.at("folder"), err, "") // the record is known to be right
		return refused
	}
	return made
}

// checkKeys checks that the keys of a file are those of its type.
func (b *fileBuilder) checkKeys(f *item[recordFile]) bool {
	right := true
	own := keysOfFiles[f.value.kind()]
	for _, entry := range f.value.fields() {
		for _, others := range keysOfFiles {
			if slices.Contains(others, entry.Name) && !slices.Contains(own, entry.Name) {
				b.problems.Add(entry.At, "a %s has no %s; it has %s", f.value.kind(), suggest.Quote(entry.Name), strings.Join(own, ", "))
				right = false
				break
			}
		}
	}
	switch {
	case f.value.has("text") && f.value.has("base64"):
		b.problems.Add(f.value.at("base64"), "a file has either text or base64, not both")
		right = false
	case slices.Contains(own, "storage_provider") && f.value.StorageProvider == "":
		b.problems.Add(f.at, `the required key "storage_provider" is missing. Where a %s is stored.`, f.value.kind())
		right = false
	}
	return right
}

// folder returns the id of the folder that a file is in, if any, and creates the folder first if need be.
func (b *fileBuilder) folder(f *recordFile) (attio.ID, bool) {
	if !f.has("folder") {
		return "", true
	}
	items := b.workspace.Files.items
	i := slices.IndexFunc(items, func(other item[recordFile]) bool {
		return other.key == f.Folder && other.value.kind() == world.TypeFolder
	})
	if i < 0 {
		var folders []string
		for j := range items {
			if items[j].value.kind() == world.TypeFolder {
				folders = append(folders, items[j].key)
			}
		}
		b.problems.AddUnknown(f.at("folder"), "folder", f.Folder, folders)
		return "", false
	}
	switch b.add(&items[i]) {
	case begun:
		b.problems.Add(f.at("folder"), "this folder would contain itself")
		return "", false
	case refused:
		return "", false // which is reported
	}
	return b.fileID(f.Folder), true
}

// draft returns a file or a folder without its record and its folder.
func (f *recordFile) draft(key string) world.File {
	draft := world.File{Type: f.kind()}
	switch draft.Type {
	case world.TypeFile:
		draft.Name, draft.Content = key, f.content()
		if f.Name != nil {
			draft.Name = string(*f.Name)
		}
	case world.TypeFolder:
		draft.Name = titleOf(f.Name, key)
	default:
		draft.Provider, draft.ExternalID, draft.DriveID = world.StorageProvider(f.StorageProvider), key, f.MicrosoftDriveID
		if f.has("external_provider_file_id") {
			draft.ExternalID = f.ExternalProviderFileID
		}
	}
	return draft
}

// content returns the content of a file.
func (f *recordFile) content() *world.FileContent {
	content := world.FileContent{Type: new("text/plain"), Data: []byte(f.Text)}
	if !f.has("text") {
		content.Type = new("application/octet-stream")
		content.Data = f.Base64
	}
	if f.has("content_type") {
		content.Type = f.ContentType
	}
	return &content
}

func (b *builder) fileID(key string) attio.ID { return b.id("files/" + key) }

func (e *exporter) files() any {
	return attached(e, slices.Collect(e.state.Files()),
		func(f *world.File) attio.ID { return f.ID },
		func(f *world.File) string {
			name := cmp.Or(f.Name, f.ExternalID)
			extension := path.Ext(name)
			return cleanKey(name[:len(name)-len(extension)], "file")
		},
		func(f *world.File, key string) any {
			m := new(yamltree.Mapping)
			m.Put(parentKey, yamltree.Text(e.keys[f.Object]+"/"+e.keyOf(f.Object, f.Record)))
			m.PutIf(f.Type != world.TypeFile, "type", yamltree.Text(f.Type))
			switch f.Type {
			case world.TypeFile:
				m.PutIf(f.Name != key, "name", yamltree.Text(f.Name))
			case world.TypeFolder:
				m.PutIf(f.Name != titleOf[string](nil, key), "name", yamltree.Text(f.Name))
			default:
				m.Put("storage_provider", yamltree.Text(f.Provider))
				m.PutIf(f.ExternalID != key, "external_provider_file_id", yamltree.Text(f.ExternalID))
				m.PutText("microsoft_drive_id", f.DriveID)
			}
			if f.Folder != "" {
				m.Put("folder", yamltree.Text(e.keys[f.Folder]))
			}
			e.putCreatedBy(m, f.CreatedAt, f.CreatedBy)
			e.putID(m, "files/"+key, f.ID)
			if f.Content != nil {
				putData(m, f.Content)
			}
			return m
		})
}

// putData adds the content of a file, as text if it is readable.
func putData(m *yamltree.Mapping, content *world.FileContent) {
	usual := "application/octet-stream"
	readable := isReadable(content.Data)
	if readable {
		usual = "text/plain"
	}
	switch {
	case content.Type == nil:
		m.Put("content_type", yamltree.Plain("null"))
	case *content.Type != usual:
		m.Put("content_type", yamltree.Text(*content.Type))
	}
	if readable {
		m.Put("text", yamltree.Text(content.Data))
		return
	}
	m.Put("base64", yamltree.Text(base64.StdEncoding.EncodeToString(content.Data)))
}

// isReadable reports whether bytes are text without invisible characters.
func isReadable(data []byte) bool {
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if !yamltree.IsPrintable(r) && r != '\n' && r != '\t' && r != '\r' {
			return false
		}
		rest = rest[size:]
	}
	return true
}
