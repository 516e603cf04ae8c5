package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// fileHead has the members of every entry among the files of a record. The keys are in the order of Attio's OpenAPI
// document, except for those of the actor, whose order was recorded in May 2026.
type fileHead struct {
	ID              fileID                `json:"id"`
	ObjectID        attio.ID              `json:"object_id"`
	ObjectSlug      string                `json:"object_slug"`
	RecordID        attio.ID              `json:"record_id"`
	StorageProvider world.StorageProvider `json:"storage_provider"`
	CreatedByActor  attio.Actor           `json:"created_by_actor"`
	CreatedAt       attio.Time            `json:"created_at"`
	FileType        world.FileType        `json:"file_type"`
}

type fileID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	FileID      attio.ID `json:"file_id"`
}

// storedFile is a file that Attio keeps.
type storedFile struct {
	fileHead
	Name           string    `json:"name"`
	ContentType    *string   `json:"content_type"`
	ContentSize    int       `json:"content_size"` // bytes
	ParentFolderID *attio.ID `json:"parent_folder_id"`
}

// folder is a folder that Attio keeps.
type folder struct {
	fileHead
	Name           string    `json:"name"`
	ParentFolderID *attio.ID `json:"parent_folder_id"`
}

// wholeFolder is a folder that is read alone.
type wholeFolder struct {
	folder
	HasChildren bool `json:"has_children"`
}

// connectedFile is a file or a folder that is kept elsewhere.
type connectedFile struct {
	fileHead
	ExternalProviderFileID string  `json:"external_provider_file_id"`
	MicrosoftDriveID       *string `json:"microsoft_drive_id"`
}

// renderWholeFile renders an entry that is read alone.
func renderWholeFile(state *world.State, f *world.File) any {
	rendered := renderFile(state.Schema, f)
	if found, ok := rendered.(folder); ok {
		return wholeFolder{found, state.HasFiles(f.ID)}
	}
	return rendered
}

// renderFile renders an entry as it is listed.
func renderFile(schema *world.Schema, f *world.File) any {
	head := fileHead{
		ID:       fileID{schema.WorkspaceID, f.ID},
		ObjectID: f.Object, ObjectSlug: schema.SlugOf(f.Object), RecordID: f.Record, StorageProvider: f.Provider,
		CreatedByActor: f.CreatedBy, CreatedAt: attio.Time{Time: f.CreatedAt}, FileType: f.Type,
	}
	parent := textOrNull(f.Folder)
	switch f.Type {
	case world.TypeFile:
		return storedFile{head, f.Name, f.Content.Type, len(f.Content.Data), parent}
	case world.TypeFolder:
		return folder{head, f.Name, parent}
	}
	return connectedFile{head, f.ExternalID, f.DriveID}
}
