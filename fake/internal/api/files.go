package api

import (
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// filesQuery has the parameters of a listing of files.
type filesQuery struct {
	Object          string                `json:"object"`
	RecordID        string                `json:"record_id"`
	StorageProvider world.StorageProvider `json:"storage_provider"` // empty for all
	ParentFolderID  string                `json:"parent_folder_id"` // empty for all, at whatever level
	Limit           int                   `json:"limit"`
	Cursor          *string               `json:"cursor"`
}

var listFilesShape = shape.Object(
	shape.Required("object", shape.String().Min(1)),
	shape.Required("record_id", shape.UUID()),
	shape.Optional("storage_provider", shape.Enum(words(world.StorageProviders())...)),
	shape.Optional("parent_folder_id", shape.UUID()),
	shape.Default("limit", shape.QueryInt().Min(1).Max(200), 50),
	shape.Optional("cursor", shape.String()),
)

// matches reports whether a file is among those that are asked for.
func (q filesQuery) matches(object *world.Object, f *world.File) bool {
	return f.Object == object.ID && (q.StorageProvider == "" || q.StorageProvider == f.Provider) &&
		(q.ParentFolderID == "" || readID(q.ParentFolderID) == f.Folder)
}

// listFiles answers GET /v2/files in the order in which the files were made, which is assumed. There are none of
// an unknown record, as in the other listings.
func listFiles(c *Call) (any, error) {
	query, err := shape.Query[filesQuery](listFilesShape, c.query())
	if err != nil {
		return nil, err
	}
	state, record := c.Workspace.View(), readID(query.RecordID)
	object, err := objectNamed(state.Schema, query.Object)
	if err != nil {
		return nil, err
	}
	cursors := c.cursors(object.ID, record, query.StorageProvider, readID(query.ParentFolderID))
	after, err := cursors.decode(query.Cursor)
	if err != nil {
		return nil, err
	}
	asked := func(yield func(*world.File) bool) {
		for _, f := range state.FilesOf(record, fileOrder(after)) {
			if query.matches(object, f) && !yield(f) {
				return
			}
		}
	}
	return pageOf(cursors, asked, query.Limit, filePosition, func(f *world.File) any { return renderFile(state.Schema, f) }), nil
}

func filePosition(f *world.File) position {
	return position{strconv.FormatInt(f.Order(), 10), string(f.ID)}
}

// fileOrder returns the order of the file at a position, 0 at the beginning of a list.
func fileOrder(p position) int64 {
	if len(p) == 0 {
		return 0
	}
	order, _ := strconv.ParseInt(p[0], 10, 64) // made by filePosition
	return order
}

// createFileBody is the body of a request that makes a file or folder of any type; it is not wrapped in data.
type createFileBody struct {
	Object           string                `json:"object"`
	RecordID         string                `json:"record_id"`
	FileType         world.FileType        `json:"file_type"`
	Name             string                `json:"name"`                      // of a folder
	ParentFolderID   string                `json:"parent_folder_id"`          // of a folder in one
	StorageProvider  world.StorageProvider `json:"storage_provider"`          // of what is kept elsewhere
	ExternalID       string                `json:"external_provider_file_id"` // of what is kept elsewhere
	MicrosoftDriveID *string               `json:"microsoft_drive_id"`        // of what is kept elsewhere
}

// createFileShape allows one of three forms, in the order of Attio's OpenAPI document, which allows no other keys.
var createFileShape = shape.Union(
	shape.Object(
		shape.Required("object", shape.String().Min(1)),
		shape.Required("record_id", shape.UUID()),
		shape.Required("file_type", shape.Literal(string(world.TypeFolder))),
		shape.Required("name", shape.String().Min(1)),
		shape.Optional("parent_folder_id", shape.UUID()),
	).Strict(),
	connectedShape(world.TypeConnectedFolder),
	connectedShape(world.TypeConnectedFile),
)

func connectedShape(kind world.FileType) shape.Schema {
	return shape.Object(
		shape.Required("object", shape.String().Min(1)),
		shape.Required("record_id", shape.UUID()),
		shape.Required("storage_provider", shape.Enum(words(world.ExternalProviders())...)),
		shape.Required("external_provider_file_id", shape.String()),
		shape.Optional("microsoft_drive_id", shape.Nullable(shape.String())),
		shape.Required("file_type", shape.Literal(string(kind))),
	).Strict()
}

// createFile answers POST /v2/files.
func createFile(c *Call) (any, error) {
	body, err := shape.Body[createFileBody](createFileShape, c.json())
	if err != nil {
		return nil, err
	}
	rendered, err := c.addFile(body.Object, world.File{
		Type: body.FileType, Record: readID(body.RecordID), Name: body.Name, Folder: readID(body.ParentFolderID),
		Provider: body.StorageProvider, ExternalID: body.ExternalID, DriveID: body.MicrosoftDriveID,
	})
	return envelope{rendered}, err
}

// addFile adds a file to those of a record of an object.
func (c *Call) addFile(object string, draft world.File) (rendered any, err error) {
	err = c.update(func(tx *world.Tx) error {
		f, err := tx.AddFile(c.newID(), object, draft)
		if err == nil {
			rendered = renderFile(tx.Schema, f)
		}
		return err
	})
	return rendered, err
}

// getFile answers GET /v2/files/{file_id}.
func getFile(c *Call) (any, error) {
	state := c.Workspace.View()
	f, err := c.file(state)
	if err != nil {
		return nil, err
	}
	return envelope{renderWholeFile(state, f)}, nil
}

// deleteFile answers DELETE /v2/files/{file_id}.
func deleteFile(c *Call) (any, error) {
	id, err := c.id("file_id")
	if err != nil {
		return nil, err
	}
	return empty{}, c.update(func(tx *world.Tx) error { return tx.DeleteFile(id) })
}

// file returns the file that the path names.
func (c *Call) file(state *world.State) (*world.File, error) {
	id, err := c.id("file_id")
	if err != nil {
		return nil, err
	}
	f, ok := state.File(id)
	if !ok {
		return nil, attio.FileNotFound(string(id))
	}
	return f, nil
}
