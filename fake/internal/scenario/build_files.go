package scenario

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// addFiles makes the files of all records, by the rules of the API, and each folder before what is in it.
func (b *builder) addFiles() {
	files := fileBuilder{b, make(map[string]progress)}
	for i := range b.workspace.Files.items {
		files.add(&b.workspace.Files.items[i])
	}
	b.write(b.created, b.author)
}

// fileBuilder makes the files of one workspace.
type fileBuilder struct {
	*builder
	files map[string]progress // by their keys
}

// progress is how far it got with a file.
type progress int

const (
	begun progress = iota + 1
	refused
	made
)

// add makes a file, unless that was tried before.
func (b *fileBuilder) add(f *item[recordFile]) progress {
	if known := b.files[f.key]; known != 0 {
		return known
	}
	b.files[f.key] = begun
	b.files[f.key] = b.make(f)
	return b.files[f.key]
}

// make makes a file. What is refused is reported.
func (b *fileBuilder) make(f *item[recordFile]) progress {
	if f.value.wrong || f.value.Record.Node == nil || !b.checkKeys(f) {
		return refused
	}
	reference, ok := b.resolveRecord(f.value.Record.Node)
	if !ok {
		return refused
	}
	to := reference.(map[string]any)
	draft := f.value.draft(f.key)
	draft.Record = attio.ID(to["target_record_id"].(string))
	if draft.Folder, ok = b.folder(&f.value); !ok {
		return refused
	}
	b.write(at(f.value.CreatedAt, b.created), b.authorOf(f.value.CreatedBy))
	b.named(b.fileID(f.key), f.key, f.at)
	if _, err := b.tx.AddFile(b.fileID(f.key), to["target_object"].(string), draft); err != nil {
		b.refuse(f.value.at("folder"), err, "") // the record is known to be good
		return refused
	}
	return made
}

// checkKeys looks whether the keys of a file are those of its type.
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
		b.problems.Add(f.value.at("base64"), "a file has either text or base64")
		right = false
	case slices.Contains(own, "storage_provider") && f.value.StorageProvider == "":
		b.problems.Add(f.at, `the required key "storage_provider" is missing. Who keeps a %s.`, f.value.kind())
		right = false
	}
	return right
}

// folder returns the id of the folder that a file is in, or none, and makes it where that was not tried
// yet.
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
		b.problems.Add(f.at("folder"), "this folder is in itself")
		return "", false
	case refused:
		return "", false // which is reported
	}
	return b.fileID(f.Folder), true
}

// draft is what the file says of an entry, but for its record and its folder.
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

// content is what is in a file.
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
