package control

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// atAs matches the paths under which a moment is read in somebody's name: /_fake/at/{request}/as/{workspace}/{member}/v2/….
var atAs = lazy.New(`^` + prefix + `/at/([^/]+)/as/`)

// Side is a side of a request in time.
type Side string

// The moment right before the first change of a request, and the one right after its last. Of a request that changed nothing
// both are the moment when it was answered.
const (
	Before Side = "before"
	After  Side = "after"
)

// At returns everything as it was on one side of a request of the journal. The error says why the moment cannot be seen.
func (h *Handler) At(request int, side Side) (*world.Snapshot, error) {
	snapshot, refused := h.at(request, side)
	if refused != nil {
		return nil, refused
	}
	return snapshot, nil
}

func (h *Handler) at(request int, side Side) (*world.Snapshot, *refusal) {
	entry, oldest, latest := h.journal.find(request)
	switch {
	case latest == 0:
		return nil, notFound(fmt.Sprintf("the journal is empty, so it has no request %d", request))
	case entry == nil:
		return nil, notFound(fmt.Sprintf("the journal has no request %d; it has those from %d to %d", request, oldest, latest))
	}
	position, clock := entry.span.after, entry.span.answered
	if side == Before {
		position, clock = entry.span.before, entry.span.arrived
	}
	snapshot, ok := h.moments.snapshot(position, clock)
	if !ok {
		return nil, h.tooOld(request, side)
	}
	return snapshot, nil
}

// tooOld refuses a moment that the server has forgotten.
func (h *Handler) tooOld(request int, side Side) *refusal {
	message := fmt.Sprintf("the moment %s request %d is too old: the server keeps those of the latest %d requests that wrote, and at most %d MiB of them",
		side, request, maxWrites, maxMomentBytes>>20)
	if number := h.journal.since(h.moments.forgetBefore(0)); number > 0 {
		message += fmt.Sprintf("; the oldest that it still has is after request %d", number)
	}
	return &refusal{status: http.StatusGone, message: message}
}

// Present returns everything as it is now.
func (h *Handler) Present() *world.Snapshot {
	return h.world.Moment()
}

// Restore puts the server back to a moment of its own, as World.Restore does.
func (h *Handler) Restore(moment *world.Snapshot) { h.world.Restore(moment) }

// OpenAt opens a request to Attio's API that reads a workspace as it was on one side of a request of the journal, in the name of a
// member or of Attio itself ("system"). It refuses an operation that writes.
func (h *Handler) OpenAt(request int, side Side, r *http.Request, workspace, member string) (*api.Call, error) {
	call, refused := h.openAt(place{request, side}, r, acting{workspace, member})
	if refused != nil {
		return nil, refused
	}
	return call, nil
}

func (h *Handler) openAt(at place, r *http.Request, name acting) (*api.Call, *refusal) {
	moment, refused := h.at(at.request, at.side)
	if refused != nil {
		return nil, refused
	}
	workspace, refused := workspaceAmong(moment.Past(), name.workspace)
	if refused != nil {
		return nil, refused
	}
	author, refused := authorNamed(workspace.View(), name.member)
	if refused != nil {
		return nil, refused
	}
	call := h.attio.OpenAs(r, workspace, author)
	if op := call.Operation; op != nil && op.Write {
		return nil, &refusal{status: http.StatusConflict, message: fmt.Sprintf("%s writes, and %v; to go on from that moment, restore it first", op.Name, world.ErrPast)}
	}
	call.Moment = at.String()
	return call, nil
}

// serveAt answers a request to Attio's API as it would have been answered at a moment, as serveAs does for the present.
func (h *Handler) serveAt(w http.ResponseWriter, r *http.Request) *refusal {
	match := atAs.FindStringSubmatch(r.URL.EscapedPath())
	name, path, ok := cutAs(r, match[0])
	if !ok {
		return badRequest("write %s/at/{request}/as/{workspace}/{member or %s}/v2/…", prefix, system)
	}
	query := r.URL.Query()
	at, refused := readPlace(unescape(match[1]), query.Get("side"))
	if refused != nil {
		return refused
	}
	direct := readdressed(r, path)
	if query.Has("side") { // Attio has no such parameter
		query.Del("side")
		direct.URL.RawQuery = query.Encode()
	}
	call, refused := h.openAt(at, direct, name)
	if refused != nil {
		return refused
	}
	h.attio.Answer(w, call)
	return nil
}

// linked returns a workspace as it was at the place that a link to a file names.
func (h *Handler) linked(at, workspace string) (*world.Workspace, bool) {
	request, side, _ := strings.Cut(at, " ")
	moment, refused := h.momentNamed(request, side)
	if refused != nil {
		return nil, false
	}
	found, refused := workspaceAmong(moment.Past(), workspace)
	return found, refused == nil
}

// place says where a moment is: on which side of which request.
type place struct {
	request int
	side    Side
}

// String is the form in links to files.
func (p place) String() string { return fmt.Sprintf("%d %s", p.request, p.side) }

// readPlace reads the number of a request and a side; without a side, it is the one after the request.
func readPlace(request, side string) (place, *refusal) {
	number, err := strconv.Atoi(request)
	if err != nil {
		return place{}, badRequest("request is %q; it has to be the number of a request, such as 17", shorten(request, longestQuote))
	}
	of, refused := readSide("side", side)
	return place{number, of}, refused
}

// readSide reads the side that a parameter names; without one, it is the one after the request.
func readSide(parameter, text string) (Side, *refusal) {
	switch side := Side(text); side {
	case "":
		return After, nil
	case Before, After:
		return side, nil
	}
	return "", badRequest("%s is %q; it has to be %s or %s", parameter, shorten(text, longestQuote), Before, After)
}

func (h *Handler) momentNamed(request, side string) (*world.Snapshot, *refusal) {
	at, refused := readPlace(request, side)
	if refused != nil {
		return nil, refused
	}
	return h.at(at.request, at.side)
}

// moment returns the moment that the path and the parameter "side" name.
func (h *Handler) moment(r *http.Request) (*world.Snapshot, *refusal) {
	return h.momentNamed(variable(r, "request"), r.URL.Query().Get("side"))
}

// exportMoment answers GET /_fake/at/{request}/export.
func exportMoment(h *Handler, r *http.Request) (any, *refusal) {
	moment, refused := h.moment(r)
	if refused != nil {
		return nil, refused
	}
	slug := r.URL.Query().Get("workspace")
	if slug != "" {
		if _, refused := workspaceAmong(moment.Past(), slug); refused != nil {
			return nil, refused
		}
	}
	return exportAs(r, func(format scenario.Format) (*scenario.Exported, error) { return h.ExportAs(format, moment, slug) })
}

// momentBody is the optional body of POST /_fake/at/{request}/restore.
type momentBody struct {
	To string `json:"to" jsonschema:"enum=before,enum=after,example=before"` // the side of the request; after it by default
}

// restoreMoment answers POST /_fake/at/{request}/restore.
func restoreMoment(h *Handler, r *http.Request) (any, *refusal) {
	var body momentBody
	if refused := decodeOptional(r, &body); refused != nil {
		return nil, refused
	}
	side, refused := readSide("to", body.To)
	if refused != nil {
		return nil, refused
	}
	moment, refused := h.momentNamed(variable(r, "request"), string(side))
	if refused != nil {
		return nil, refused
	}
	h.Restore(moment)
	return nil, nil
}

// diffMoments answers GET /_fake/at/{request}/diff: what changed between this moment and now, or the moment that the
// parameters "to" and "to_side" name.
func diffMoments(h *Handler, r *http.Request) (any, *refusal) {
	from, refused := h.moment(r)
	if refused != nil {
		return nil, refused
	}
	query, to := r.URL.Query(), h.Present()
	switch {
	case query.Has("to"):
		if to, refused = h.momentNamed(query.Get("to"), query.Get("to_side")); refused != nil {
			return nil, refused
		}
	case query.Has("to_side"):
		return nil, badRequest("to_side belongs to a request that the parameter to names")
	}
	return diffAnswer{Diff(from, to, h.world.Clock.Now())}, nil
}
