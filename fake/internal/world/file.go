package world

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// File is an entry among the files of a record: a file or folder in Attio's storage, or one elsewhere to which Attio
// only points.
type File struct {
	ID        attio.ID
	Type      FileType
	Object    attio.ID
	Record    attio.ID
	Provider  StorageProvider
	CreatedAt time.Time
	CreatedBy attio.Actor

	Name    string       // of a file or folder in Attio's storage
	Folder  attio.ID     // the folder that it is in, of the same record; empty for none
	Content *FileContent // of a file in Attio's storage

	ExternalID string  // the id that another storage provider gives it
	DriveID    *string // the drive on OneDrive, if the client sent it

	order int64 // grows with each new file of the workspace
}

// FileContent is what is in a file. It never changes, and all states of a server share it.
type FileContent struct {
	Type *string // the media type, if the client sent it
	Data []byte
}

// FileType is the type of an entry among the files of a record.
type FileType string

// The types of Attio's API.
const (
	TypeFile            FileType = "file"
	TypeFolder          FileType = "folder"
	TypeConnectedFile   FileType = "connected-file"
	TypeConnectedFolder FileType = "connected-folder"
)

// FileTypes lists the types.
func FileTypes() []FileType {
	return []FileType{TypeFile, TypeFolder, TypeConnectedFile, TypeConnectedFolder}
}

// StorageProvider is the provider that stores a file.
type StorageProvider string

// The providers of Attio's API.
const (
	ProviderAttio    StorageProvider = "attio"
	ProviderDropbox  StorageProvider = "dropbox"
	ProviderBox      StorageProvider = "box"
	ProviderGoogle   StorageProvider = "google-drive"
	ProviderOneDrive StorageProvider = "microsoft-onedrive"
)

// StorageProviders lists the providers in the order of Attio's OpenAPI document.
func StorageProviders() []StorageProvider {
	return append([]StorageProvider{ProviderAttio}, ExternalProviders()...)
}

// ExternalProviders lists the providers other than Attio.
func ExternalProviders() []StorageProvider {
	return []StorageProvider{ProviderDropbox, ProviderBox, ProviderGoogle, ProviderOneDrive}
}

// Files yields the files, in the order in which they were made.
func (s *State) Files() iter.Seq[*File] { return s.files.All() }

// File returns the file with an id.
func (s *State) File(id attio.ID) (*File, bool) { return s.files.Get(id) }

// FilesOf lists the files of a record in the order in which they were made, beginning after the given order; the first
// file has order 1.
func (s *State) FilesOf(record attio.ID, after int64) []*File {
	var files []*File
	for id := range s.attachedTo(record, ThingFile) {
		if f, ok := s.File(id); ok && f.order > after {
			files = append(files, f)
		}
	}
	slices.SortFunc(files, func(a, b *File) int { return cmp.Compare(a.order, b.order) })
	return files
}

// Order is the number of a file in its workspace; it grows in the order in which files were made.
func (f *File) Order() int64 { return f.order }

// HasFiles reports whether a folder contains anything.
func (s *State) HasFiles(folder attio.ID) bool {
	for range s.attachedTo(folder, ThingFile) {
		return true
	}
	return false
}

// AddFile adds an entry to the files of a record, whose object is named by slug or id. The draft says what the entry is
// and which record has it. Every error is an answer of the API.
func (tx *Tx) AddFile(id attio.ID, object string, draft File) (*File, error) {
	o, err := tx.parentOf(object, draft.Record)
	if err != nil {
		return nil, err
	}
	if err := tx.checkFolder(draft.Folder, draft.Record); err != nil {
		return nil, err
	}
	f := draft
	f.ID, f.Object, f.CreatedAt, f.CreatedBy, f.order = id, o.ID, tx.Now, tx.Author.Actor, tx.files.last+1
	switch {
	case f.Type == TypeFile || f.Type == TypeFolder:
		f.Provider = ProviderAttio
	case f.Provider != ProviderOneDrive:
		f.DriveID = nil // by Attio's OpenAPI document only entries of OneDrive have it
	}
	put(tx, &f)
	return &f, nil
}

// checkFolder refuses a folder that the files of a record cannot be in. An empty id is no folder, and allowed.
func (tx *Tx) checkFolder(id, record attio.ID) error {
	if id == "" {
		return nil
	}
	folder, ok := tx.File(id)
	switch {
	case !ok:
		return attio.ParentFolderNotFound(id)
	case folder.Type != TypeFolder:
		return attio.ParentNotAFolder(id)
	case folder.Record != record:
		return attio.ParentFolderElsewhere(id)
	}
	return nil
}

// MoveFile renames a file or folder in Attio's storage or moves it to another folder. The API cannot: people do it in
// the app.
func (tx *Tx) MoveFile(id attio.ID, name string, folder attio.ID) error {
	old, ok := tx.File(id)
	if !ok {
		return attio.FileNotFound(string(id))
	}
	if err := tx.checkFolder(folder, old.Record); err != nil {
		return err
	}
	for into := folder; into != ""; {
		if into == id {
			return fmt.Errorf("the folder %q cannot be moved into itself", old.Name)
		}
		above, _ := tx.File(into)
		into = above.Folder
	}
	f := *old
	f.Name, f.Folder = name, folder
	put(tx, &f)
	return nil
}

// DeleteFile deletes an entry and, if it is a folder, everything in it. Every error is an answer of the API.
func (tx *Tx) DeleteFile(id attio.ID) error {
	f, ok := tx.File(id)
	if !ok {
		return attio.FileNotFound(string(id))
	}
	drop(tx, f)
	return nil
}

func (f *File) identity() (Thing, attio.ID) { return ThingFile, f.ID }

func (f *File) attachedTo() []attio.ID {
	if f.Folder == "" {
		return []attio.ID{f.Record}
	}
	return []attio.ID{f.Record, f.Folder}
}

// without returns nothing: a file is deleted with its record and with its folder.
func (f *File) without(attio.ID) (*File, bool) { return nil, false }

func (f *File) followed(m *merger) *File {
	next := *f
	next.Record = m.movedID(f.Record)
	return &next
}
