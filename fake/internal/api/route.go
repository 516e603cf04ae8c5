package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scim"
)

// handlers holds the handler of every operation that is built, by the operation's name.
var handlers = map[string]handler{
	"activities.create":          createActivity,
	"activities.delete":          deleteActivity,
	"activities.get":             getActivity,
	"activities.list":            listActivities,
	"activities.update":          updateActivity,
	"activity_records.create":    createRecord,
	"activity_records.delete":    deleteRecord,
	"activity_records.get":       getRecord,
	"activity_records.overwrite": overwriteRecord,
	"activity_records.query":     queryActivityRecords,
	"activity_records.update":    updateRecord,
	"activity_records.upsert":    upsertRecord,
	"attributes.create":          createAttribute,
	"attributes.get":             getAttribute,
	"attributes.list":            listAttributes,
	"attributes.update":          updateAttribute,
	"call_recordings.create":     createCallRecording,
	"call_recordings.delete":     deleteCallRecording,
	"call_recordings.get":        getCallRecording,
	"call_recordings.list":       listCallRecordings,
	"comments.create":            createComment,
	"comments.delete":            deleteComment,
	"comments.get":               getComment,
	"emails.list":                listEmails,
	"entries.create":             createEntry,
	"entries.delete":             deleteRecord,
	"entries.get":                getRecord,
	"entries.overwrite":          overwriteEntry,
	"entries.query":              queryRecords,
	"entries.update":             updateEntry,
	"entries.upsert":             upsertEntry,
	"entry_values.list":          listRecordValues,
	"entry_values.replace":       replaceRecordValues,
	"files.create":               createFile,
	"files.delete":               deleteFile,
	"files.download":             downloadFile,
	"files.get":                  getFile,
	"files.list":                 listFiles,
	"files.upload":               uploadFile,
	"list_views.create":          createView,
	"list_views.delete":          deleteView,
	"list_views.get":             getView,
	"list_views.list":            listViews,
	"list_views.update":          updateView,
	"lists.create":               createList,
	"lists.get":                  getList,
	"lists.list":                 listLists,
	"lists.update":               updateList,
	"meetings.create":            createMeeting,
	"meetings.delete":            deleteMeeting,
	"meetings.get":               getMeeting,
	"meetings.list":              listMeetings,
	"meetings.overwrite":         overwriteMeeting,
	"meetings.update":            updateMeeting,
	"notes.create":               createNote,
	"notes.delete":               deleteNote,
	"notes.get":                  getNote,
	"notes.list":                 listNotes,
	"notes.update":               updateNote,
	"object_views.create":        createView,
	"object_views.delete":        deleteView,
	"object_views.get":           getView,
	"object_views.list":          listViews,
	"object_views.update":        updateView,
	"objects.create":             createObject,
	"objects.delete":             deleteObject,
	"objects.get":                getObject,
	"objects.list":               listObjects,
	"objects.update":             updateObject,
	"options.create":             createOption,
	"options.list":               listOptions,
	"options.update":             updateOption,
	"record_entries.list":        listRecordEntries,
	"record_values.list":         listRecordValues,
	"record_values.replace":      replaceRecordValues,
	"records.create":             createRecord,
	"records.delete":             deleteRecord,
	"records.get":                getRecord,
	"records.merge":              mergeRecords,
	"records.overwrite":          overwriteRecord,
	"records.query":              queryRecords,
	"records.search":             searchRecords,
	"records.update":             updateRecord,
	"records.upsert":             upsertRecord,
	"scim_groups.create":         answerSCIM("workspace_team_id", scim.CreateGroup),
	"scim_groups.delete":         answerSCIM("workspace_team_id", scim.DeleteGroup),
	"scim_groups.get":            answerSCIM("workspace_team_id", scim.GetGroup),
	"scim_groups.list":           answerSCIM("workspace_team_id", scim.ListGroups),
	"scim_groups.overwrite":      answerSCIM("workspace_team_id", scim.OverwriteGroup),
	"scim_groups.update":         answerSCIM("workspace_team_id", scim.UpdateGroup),
	"scim_schemas.list":          answerSCIM("", scim.ListSchemas),
	"scim_users.create":          answerSCIM("user_id", scim.CreateUser),
	"scim_users.delete":          answerSCIM("user_id", scim.DeleteUser),
	"scim_users.get":             answerSCIM("user_id", scim.GetUser),
	"scim_users.list":            answerSCIM("user_id", scim.ListUsers),
	"scim_users.overwrite":       answerSCIM("user_id", scim.OverwriteUser),
	"scim_users.update":          answerSCIM("user_id", scim.UpdateUser),
	"self.identify":              identify,
	"sequences.unsubscribe":      unsubscribe,
	"statuses.create":            createStatus,
	"statuses.list":              listStatuses,
	"statuses.update":            updateStatus,
	"tasks.create":               createTask,
	"tasks.delete":               deleteTask,
	"tasks.get":                  getTask,
	"tasks.list":                 listTasks,
	"tasks.update":               updateTask,
	"threads.get":                getThread,
	"threads.list":               listThreads,
	"transcripts.get":            getTranscript,
	"webhooks.create":            createWebhook,
	"webhooks.delete":            deleteWebhook,
	"webhooks.get":               getWebhook,
	"webhooks.list":              listWebhooks,
	"webhooks.update":            updateWebhook,
	"workspace_members.get":      getWorkspaceMember,
	"workspace_members.list":     listWorkspaceMembers,
}

// Built reports whether an operation has a handler; others answer 501.
func Built(op *attio.Operation) bool { return handlers[op.Name] != nil }

// routes holds the routes of each outline of a path, five at most. To look at one after another of the whole table would cost
// more than most operations do, and so would the regular expressions of a router.
var routes = sync.OnceValue(func() map[outline][]route {
	routes := make(map[outline][]route)
	for _, op := range attio.AuthorizedOperations() {
		for _, target := range op.Targets() {
			s := outlineOf(op.Method, strings.Replace(op.Path, "{target}", target, 1))
			routes[s] = append(routes[s], route{op, segmentsOf(op.Path), target})
		}
	}
	return routes
})

// route is the path of an operation, cut at its slashes, for one target.
type route struct {
	operation *attio.Operation
	segments  []segment
	target    string // the only value of the parameter "target"
}

// segment is a part of a path: a word, or the name of a parameter.
type segment struct {
	word      string
	parameter bool
}

func segmentsOf(path string) []segment {
	var segments []segment
	for word := range strings.SplitSeq(path, "/") {
		name := strings.Trim(word, "{}")
		segments = append(segments, segment{name, name != word})
	}
	return segments
}

// match returns the parameters in a path, if the route has it.
func (r route) match(path string) (variables, bool) {
	if strings.Count(path, "/")+1 != len(r.segments) {
		return nil, false
	}
	var room [4]variable
	found := variables(room[:0])
	for _, segment := range r.segments {
		var sent string
		sent, path, _ = strings.Cut(path, "/")
		switch {
		case !segment.parameter:
			if sent != segment.word {
				return nil, false
			}
		case sent == "" || segment.word == "target" && sent != r.target:
			return nil, false
		default:
			if strings.Contains(sent, "%") { // an option may be named by its title
				sent, _ = url.PathUnescape(sent) // an escaped path has valid escapes only
			}
			found = append(found, variable{segment.word, sent})
		}
	}
	return slices.Clone(found), true
}

// variables are the parameters in the path of a request.
type variables []variable

type variable struct{ name, value string }

// get returns the value of a parameter, and "" if the path has none of that name.
func (v variables) get(name string) string {
	for _, variable := range v {
		if variable.name == name {
			return variable.value
		}
	}
	return ""
}

// has reports whether the path has a parameter, which then is not empty.
func (v variables) has(name string) bool { return v.get(name) != "" }

// outline is what tells most paths apart: the verb, the collection and the depth.
type outline struct {
	method, collection string
	depth              int
}

func outlineOf(method, path string) outline {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	collection, _, _ := strings.Cut(strings.TrimPrefix(path, "/v2/"), "/")
	return outline{method, collection, strings.Count(path, "/")}
}

// undocumented are routes that clients use, that Attio's documentation does not have, and that end like the path of a
// record: PUT …/records/simple works at Attio, and a client that sends PATCH …/records/batch falls back on a 404.
var undocumented = map[string]string{
	http.MethodPut:   "/records/simple",
	http.MethodPatch: "/records/batch",
}

// isUndocumented reports whether a request is for one of them. Its last segment is not a record's id, so it must not be
// refused as an invalid one.
func isUndocumented(r *http.Request) bool {
	end, ok := undocumented[r.Method]
	return ok && strings.HasPrefix(r.URL.Path, "/v2/objects/") && strings.HasSuffix(r.URL.Path, end)
}

// match finds the operation of a request and the parameters in its path. HEAD is answered as GET. A trailing slash
// makes another path, which the API does not have.
func match(r *http.Request) (*attio.Operation, variables, bool) {
	if isUndocumented(r) {
		return nil, nil, false
	}
	path := r.URL.EscapedPath()
	for _, route := range routes()[outlineOf(r.Method, path)] {
		if found, ok := route.match(path); ok {
			return route.operation, found, true
		}
	}
	return nil, nil, false
}
