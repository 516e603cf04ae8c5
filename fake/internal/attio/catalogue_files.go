package attio

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// FileNotFound answers an unknown file in a path. From Attio's OpenAPI document.
func FileNotFound(id string) *Error {
	return notFound(fmt.Sprintf("File with ID \"%s\" was not found.", id))
}

// ParentFolderNotFound answers a file in an unknown folder. The words are this project's.
func ParentFolderNotFound(id ID) *Error {
	return valueNotFound("Parent folder with ID \"%s\" was not found.", id)
}

// ParentNotAFolder answers a parent_folder_id of anything but a folder that Attio keeps. The words are this
// project's.
func ParentNotAFolder(id ID) *Error {
	return invalid(fmt.Sprintf("Parent folder with ID \"%s\" is not a folder.", id), nil)
}

// ParentFolderElsewhere answers a file in a folder of another record. The words are this project's.
func ParentFolderElsewhere(id ID) *Error {
	return invalid(fmt.Sprintf("Parent folder with ID \"%s\" belongs to another record.", id), nil)
}

// FileNotDownloadable answers a download where Attio has no content: of a folder, or of a file that is kept
// elsewhere. The words are this project's.
func FileNotDownloadable(id ID, kind string) *Error {
	return invalid(fmt.Sprintf("File with ID \"%s\" is a %s and cannot be downloaded.", id, kind), nil)
}

// FileTooLarge answers an upload over Attio's limit, in the way of an oversize note. The words are this
// project's.
func FileTooLarge(limit int64) *Error {
	return tooLarge(fmt.Sprintf("File is too large, the limit is %d bytes.", limit))
}

// FormTooLarge answers an upload whose other fields are too large. The words are this
// project's.
func FormTooLarge(what string) *Error {
	return tooLarge("Form is too large: " + what + ".")
}

// FileStorageFull answers an upload for which this server has no room. Its message names the snapshots that still hold files
// which no workspace has any more; "" is one without a name. Attio never says it.
func FileStorageFull(limit int64, snapshots ...string) *Error {
	held := ""
	if snapshots != nil {
		held = " Snapshots hold deleted ones: " + snapshotList(snapshots) + "."
	}
	return tooLarge(fmt.Sprintf("fakeattio keeps at most %d bytes of files, all workspaces and snapshots together, and this one would be over that.%s "+
		"Delete some, or start it with a higher limit: --max-file-bytes, or fake.MaxFileBytes in Go.", limit, held))
}

// maxListed is how many snapshots a message names.
const maxListed = 5

// snapshotList names snapshots, those without a name by their number.
func snapshotList(names []string) string {
	var listed []string
	nameless := 0
	for _, name := range names {
		if name == "" {
			nameless++
		} else {
			listed = append(listed, strconv.Quote(name))
		}
	}
	if more := len(listed) - maxListed; more > 0 {
		listed = append(listed[:maxListed], fmt.Sprintf("%d more", more))
	}
	if nameless > 0 {
		listed = append(listed, fmt.Sprintf("%d of a test's own", nameless))
	}
	return strings.Join(listed, ", ")
}

func tooLarge(message string) *Error {
	return &Error{Status: http.StatusRequestEntityTooLarge, Type: typeRequest, Code: "validation_type", Message: message}
}
