package fake

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// File is an entry among the files of a record, as of when it was read or made: a file or a folder
// that Attio keeps, or one that is kept elsewhere and that Attio only points to.
type File struct {
	ID     string // AddFile and AddFolder make one
	Record Record // whose it is
	Type   FileType

	// Of what Attio keeps.
	Name        string
	Folder      string // the id of the folder that it is in, empty for none; AddFile and AddFolder take a key of the scenario too
	ContentType string // of a file, "application/pdf"; empty where it is not known

	// Of what is kept elsewhere.
	Provider   StorageProvider
	ExternalID string // its id there
	DriveID    string // and on OneDrive its drive

	CreatedAt time.Time

	content *world.FileContent
}

// FileType is what a File is.
type FileType string

// The types of Attio.
const (
	FileTypeFile            FileType = "file"
	FileTypeFolder          FileType = "folder"
	FileTypeConnectedFile   FileType = "connected-file"
	FileTypeConnectedFolder FileType = "connected-folder"
)

// StorageProvider says who keeps a file.
type StorageProvider string

// The providers of Attio.
const (
	StorageAttio       StorageProvider = "attio"
	StorageDropbox     StorageProvider = "dropbox"
	StorageBox         StorageProvider = "box"
	StorageGoogleDrive StorageProvider = "google-drive"
	StorageOneDrive    StorageProvider = "microsoft-onedrive"
)

// Content returns a copy of what is in a file that Attio keeps, and nil for all others.
func (f File) Content() []byte {
	if f.content == nil {
		return nil
	}
	return append([]byte{}, f.content.Data...)
}

// AddFile adds a file to those of f.Record, as POST /v2/files/upload does. One with a Provider is kept
// there, as after POST /v2/files, and has no content. Of f only what a new file of its kind can have may
// be set. The content is copied.
func (w *Workspace) AddFile(f File, content []byte) File {
	w.server.helper()
	f.Type = FileTypeFile
	if f.Provider != "" && f.Provider != StorageAttio {
		f.Type = FileTypeConnectedFile
	}
	if f.Type == FileTypeFile {
		f.content = &world.FileContent{Data: append([]byte{}, content...)}
		if f.ContentType != "" {
			f.content.Type = &f.ContentType
		}
	} else if content != nil {
		w.server.fatalf("fake: file %q: a file that %s keeps has no content here", f.ExternalID, f.Provider)
		return File{}
	}
	return w.addFile(f)
}

// AddFolder adds a folder to the files of f.Record, as POST /v2/files does. One with a Provider is kept there.
// Of f only what a new folder of its kind can have may be set.
func (w *Workspace) AddFolder(f File) File {
	w.server.helper()
	f.Type = FileTypeFolder
	if f.Provider != "" && f.Provider != StorageAttio {
		f.Type = FileTypeConnectedFolder
	}
	return w.addFile(f)
}

func (w *Workspace) addFile(f File) File {
	w.server.helper()
	if !w.checkFile(f) {
		return File{}
	}
	draft := world.File{
		Type: world.FileType(f.Type), Record: f.Record.inner.ID, Name: f.Name, Content: f.content,
		Provider: world.StorageProvider(f.Provider), ExternalID: f.ExternalID,
	}
	if f.DriveID != "" {
		draft.DriveID = &f.DriveID
	}
	if f.Folder != "" {
		draft.Folder = attio.ID(w.File(f.Folder).ID)
		if draft.Folder == "" {
			return File{}
		}
	}
	arrival := w.inner.Arrive()
	defer arrival.Done()
	var added File
	w.update(func(tx *world.Tx) error {
		if f.content != nil {
			if err := arrival.Add(int64(len(f.content.Data))); err != nil {
				return err
			}
		}
		made, err := tx.AddFile(w.server.world.NewID(), string(f.Record.kind.Common().ID), draft)
		if err == nil {
			added = newFile(w, tx.State, made)
		}
		return err
	})
	return added
}

// checkFile refuses what the shape of a request would not let through.
func (w *Workspace) checkFile(f File) bool {
	w.server.helper()
	stored := f.Type == FileTypeFile || f.Type == FileTypeFolder
	providers := []StorageProvider{StorageAttio, StorageDropbox, StorageBox, StorageGoogleDrive, StorageOneDrive}
	switch {
	case f.Record.inner == nil:
		w.server.fatalf("fake: a file needs a record, and that of %q is none", f.Name+f.ExternalID)
	case f.Provider != "" && !slices.Contains(providers, f.Provider):
		w.server.fatalf("fake: file %q: %s", f.Name+f.ExternalID, suggest.Unknown("storage provider", string(f.Provider), texts(providers)))
	case stored && f.Name == "":
		w.server.fatalf("fake: a %s of %s needs a name", f.Type, f.Record)
	case stored && f.ExternalID+f.DriveID != "":
		w.server.fatalf("fake: file %q: what Attio keeps has no external id and no drive; say who keeps it, or leave them out", f.Name)
	case !stored && f.Name+f.Folder+f.ContentType != "":
		w.server.fatalf("fake: file %q: a %s has no name, folder or content type", f.ExternalID, f.Type)
	case f.Type == FileTypeFolder && f.ContentType != "":
		w.server.fatalf("fake: folder %q has no content type", f.Name)
	default:
		return true
	}
	return false
}

// File returns a file or a folder by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) File(keyOrID string) File {
	w.server.helper()
	state := w.state()
	f, ok := state.File(w.keyed("files", keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no file %q; name one by its key in the scenario or its id", w.Slug(), keyOrID)
		return File{}
	}
	return newFile(w, state, f)
}

// Files returns the files and folders of all records, oldest first.
func (w *Workspace) Files() []File {
	state := w.state()
	var files []File
	for f := range state.Files() {
		files = append(files, newFile(w, state, f))
	}
	return files
}

// Files returns the files and folders of the record as they are now, at all levels, oldest first.
func (r Record) Files() []File {
	r.workspace.server.helper()
	state := r.workspace.state()
	var files []File
	for _, f := range state.FilesOf(r.inner.ID, 0) {
		files = append(files, newFile(r.workspace, state, f))
	}
	return files
}

// UpdateFile renames a file or a folder that Attio keeps, or moves it to another folder of its record. It is named by its key
// in the scenario or its id, and so is the folder. Attio's API cannot.
func (w *Workspace) UpdateFile(keyOrID string, edit func(*File)) File {
	w.server.helper()
	found := w.File(keyOrID)
	edited := found
	edit(&edited)
	renamed := edited
	renamed.Name, renamed.Folder = found.Name, found.Folder
	if found.ID == "" || !w.keeps("file", keyOrID, fixed{"fields other than Name and Folder", renamed != found}) || !w.checkFile(edited) {
		return File{}
	}
	var folder attio.ID
	if edited.Folder != "" {
		if folder = attio.ID(w.File(edited.Folder).ID); folder == "" {
			return File{}
		}
	}
	w.update(func(tx *world.Tx) error { return tx.MoveFile(attio.ID(found.ID), edited.Name, folder) })
	return w.File(found.ID)
}

// DeleteFile deletes a file, or a folder with all that is in it, by its key in the scenario or its id.
func (w *Workspace) DeleteFile(keyOrID string) {
	w.server.helper()
	if f := w.File(keyOrID); f.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteFile(attio.ID(f.ID)) })
	}
}

func newFile(w *Workspace, state *world.State, f *world.File) File {
	object, _ := state.Schema.ObjectByID(f.Object)
	record, _ := state.Record(f.Object, f.Record)
	entry := File{
		ID: string(f.ID), Record: Record{reading{w, state.Schema, object, record}}, Type: FileType(f.Type),
		Name: f.Name, Folder: string(f.Folder), Provider: StorageProvider(f.Provider), ExternalID: f.ExternalID,
		CreatedAt: f.CreatedAt, content: f.Content,
	}
	if f.DriveID != nil {
		entry.DriveID = *f.DriveID
	}
	if f.Content != nil && f.Content.Type != nil {
		entry.ContentType = *f.Content.Type
	}
	return entry
}
