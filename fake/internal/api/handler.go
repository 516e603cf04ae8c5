package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Handler answers the API for one world.
type Handler struct {
	world *world.World
	calls *world.IDs // for x-attio-execution-id; apart, so that requests do not shift the ids of things
	links links
	log   *slog.Logger

	rendered renderedRecords

	// AdmitForeign has tokens that the world never gave out stand for one of its own: world.StandIn. Set it before the first request.
	AdmitForeign bool
}

// New returns the handler of a world.
func New(w *world.World, log *slog.Logger) *Handler {
	calls := world.NewIDs(nil, "calls")
	return &Handler{world: w, calls: calls, links: links{[]byte(calls.New()), w.Clock}, log: log}
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.Answer(w, h.Open(r))
}

// Call is one request on its way through.
type Call struct {
	Request   *http.Request
	Operation *attio.Operation // nil where the API has no such endpoint
	Workspace *world.Workspace // nil without a valid token
	Token     *world.Token     // nil without a valid token
	Foreign   bool             // the token that was sent is not the world's; Token stands for it

	Sent    []byte         // the body of the request, once it was read
	Commits []world.Commit // what the call did

	Code    string // of Attio's, of an error
	Message string // of Attio's, of an error
	Status  int    // of the answer, once there is one
	Body    []byte // of the answer, before compression; nil if it is a page
	Page    *Page  // what the answer shows, if that is records or entries
	Length  int    // of the page's body

	// Weigh is asked whether a query of a score may be answered; nil for always.
	Weigh func(score int) error

	// Moment names the moment of the past that the call reads; it is empty for the present. It appears in links to files.
	Moment string

	author  world.Author    // of what the call writes
	apart   bool            // it did not come to Attio's own paths, which every web page may ask
	vars    variables       // in the path
	header  http.Header     // of the answer, beside what every answer has
	newID   func() attio.ID // for what the call makes
	links   *links
	handler handler
	refusal error // why the handler will not run

	rendered *renderedRecords

	elsewhere func(http.ResponseWriter, *Call) // answers requests that are not for the API
}

// handler runs an operation. It returns what the body of a success holds, or an *attio.Error.
type handler func(c *Call) (any, error)

// empty is the answer of nearly every deletion.
type empty struct{}

// noContent is the answer of a deletion that has no body, with the status 204.
type noContent struct{}

// created is the answer of an upload, with the status 201.
type created envelope

// redirect is an answer with the status 302 and no body. The handler sets the header Location.
type redirect struct{}

// envelope is how nearly every answer is wrapped.
type envelope struct {
	Data any `json:"data"`
}

// Open finds the operation, the token and the workspace of a request. The order in which Attio
// refuses: unknown endpoints, tokens, scopes, and only then parameters and bodies, which are left
// to Answer.
func (h *Handler) Open(r *http.Request) *Call {
	c := &Call{Request: r, newID: h.world.NewID, links: &h.links, rendered: &h.rendered}
	if r.Method == http.MethodOptions {
		return c // a browser's question, answered for every path
	}
	var ok bool
	value, sent := bearer(r)
	if c.Operation, c.vars, ok = match(r); !ok {
		c.refusal = attio.UnknownEndpoint(r.Method, r.URL.EscapedPath())
		if h.AdmitForeign {
			_, _, c.Foreign = h.world.StandIn(value)
		}
		return c
	}
	c.handler = handlers[c.Operation.Name]
	c.Workspace, c.Token, ok = h.world.Authenticate(value)
	if !ok && h.AdmitForeign {
		c.Workspace, c.Token, ok = h.world.StandIn(value)
		c.Foreign = ok
	}
	if ok {
		c.author = c.Token.Author()
	}
	switch {
	case c.Operation.AnswersAnyone:
	case !sent:
		c.refusal = attio.MissingAuthorization()
	case !ok && len(value) != attio.TokenLength:
		c.refusal = attio.WrongTokenLength()
	case !ok:
		c.refusal = attio.UnknownToken()
	case c.Operation.WorkspaceOnly && c.Token.OfUser():
		c.refusal = attio.WorkspaceTokenNeeded()
	default:
		if missing := c.Token.Scopes.Missing(c.Scopes()); missing != nil {
			c.refusal = attio.MissingScopes(missing)
		} else if c.handler == nil {
			c.refusal = attio.NotImplemented(c.Operation)
		}
	}
	return c
}

// Elsewhere opens a request that another part of Attio answers than its API. Unless a fault or a limit refuses it, answer
// does, and says in the call what the journal is to have of it.
func Elsewhere(r *http.Request, op *attio.Operation, answer func(http.ResponseWriter, *Call)) *Call {
	return &Call{Request: r, Operation: op, elsewhere: answer, apart: true}
}

// OpenAs opens a request that does not need a token: it may do everything in a workspace, as an author.
func (h *Handler) OpenAs(r *http.Request, workspace *world.Workspace, author world.Author) *Call {
	c := &Call{Request: r, newID: h.world.NewID, links: &h.links, rendered: &h.rendered, Workspace: workspace, author: author, apart: true}
	c.Token = tokenOf(workspace.View(), author, workspace.Now())
	var ok bool
	if c.Operation, c.vars, ok = match(r); !ok {
		c.refusal = attio.UnknownEndpoint(r.Method, r.URL.EscapedPath())
	} else if c.handler = handlers[c.Operation.Name]; c.handler == nil {
		c.refusal = attio.NotImplemented(c.Operation)
	}
	return c
}

// tokenOf returns the token that an author would have: as old as the member, and for Attio itself made now.
func tokenOf(state *world.State, author world.Author, now time.Time) *world.Token {
	token := &world.Token{Level: world.WorkspaceLevel, Scopes: attio.EveryScope(), AuthorizedBy: author.Member, CreatedAt: now}
	token.ID = attio.PathID(string(state.ID) + "/as/" + string(author.Member))
	if member, ok := state.Member(author.Member); ok {
		token.Level = world.UserLevel
		token.CreatedAt = member.CreatedAt
	}
	return token
}

// Refuse has the call answered with an error, whatever it asks for. An earlier refusal, for its token for instance,
// stands.
func (c *Call) Refuse(err error) { c.refusal = cmp.Or(c.refusal, err) }

// Scopes lists the scopes that the call needs.
func (c *Call) Scopes() []attio.Scope {
	if c.Operation == nil {
		return nil
	}
	return c.Operation.ScopesFor(c.vars.get("target"))
}

// Answer runs the call and writes its answer.
func (h *Handler) Answer(w http.ResponseWriter, c *Call) {
	if c.Request.Method == http.MethodOptions {
		c.Status = http.StatusNoContent
		h.write(w, c)
		return
	}
	if c.elsewhere != nil && c.refusal == nil {
		h.Date(w.Header())
		c.elsewhere(w, c)
		return
	}
	result, err := h.run(w, c)
	if err == nil {
		c.Status = statusOf(result)
		var isPage bool
		if c.Page, isPage = result.(*Page); !isPage {
			c.Body, err = encode(result)
		}
	}
	if err != nil {
		refusal := h.refusal(c, err)
		c.Status, c.Code, c.Message = refusal.Status, refusal.Code, refusal.Message
		if retry := refusal.RetryAfter; !retry.IsZero() {
			if retry.After(world.LastTime) { // where the clock stands; dates have years of four digits
				retry = world.LastTime
			}
			w.Header().Set("Retry-After", retry.UTC().Format(http.TimeFormat))
		}
		c.Body, _ = encode(refusal) // strings and numbers only
	}
	h.write(w, c)
}

// Answered returns the body of the answer.
func (c *Call) Answered() []byte {
	if c.Page != nil {
		return c.Page.Append(nil)
	}
	return c.Body
}

func (h *Handler) run(w http.ResponseWriter, c *Call) (result any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	defer c.cutOff(w)()
	err = c.readBody(w)
	if c.refusal != nil {
		return nil, c.refusal
	}
	if err != nil {
		return nil, err
	}
	return c.handler(c)
}

// maxBody is how many bytes of a body are read, unless it is an upload.
const maxBody = 10 << 20

// readBody reads the whole body, for the handler and for the journal. The body of an upload is not kept: its handler
// reads it piece by piece.
func (c *Call) readBody(w http.ResponseWriter) (err error) {
	upload := c.Operation != nil && c.Operation.Upload
	switch {
	case c.Request.Body == nil || c.Request.Body == http.NoBody:
		c.Request.Body = http.NoBody
		return nil
	case upload && c.refusal == nil:
		c.Request.Body = http.MaxBytesReader(w, c.Request.Body, maxUpload)
		return nil
	}
	body := http.MaxBytesReader(w, c.Request.Body, maxBody)
	if upload {
		_, err = io.Copy(io.Discard, body) // so that the client gets to read the refusal
	} else {
		c.Sent, err = readAll(body, c.Request.ContentLength)
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return attio.BodyTooLarge(maxBody)
	}
	if err != nil {
		return attio.UnreadableBody(err)
	}
	return nil
}

// readAll is io.ReadAll for a body whose length the client may have named: the journal keeps what it returns, so the array
// is no longer than it has to be.
func readAll(body io.Reader, length int64) ([]byte, error) {
	if length <= 0 || length > maxBody {
		length = 512
	}
	sent := make([]byte, 0, length+1) // one more byte to see the end
	for {
		n, err := body.Read(sent[len(sent):cap(sent)])
		sent = sent[:len(sent)+n]
		switch {
		case err == io.EOF:
			return sent, nil
		case err != nil:
			return sent, err
		case len(sent) == cap(sent):
			sent = slices.Grow(sent, 1)
		}
	}
}

// cutOff stops reading the body when the server, or a client without a socket, gives up the request; with a socket
// reading ends by itself. The returned function stops the waiting.
func (c *Call) cutOff(w http.ResponseWriter) func() {
	body := c.Request.Body
	if body == nil || body == http.NoBody {
		return func() {}
	}
	stop := context.AfterFunc(c.Request.Context(), func() {
		if http.NewResponseController(w).SetReadDeadline(time.Unix(0, 1)) != nil {
			_ = body.Close() // there is no socket
		}
	})
	return func() { stop() }
}

// refusal turns an error into Attio's envelope. An error that is not in the catalogue is a bug of this program: the log
// has it in full, and the client a 500.
func (h *Handler) refusal(c *Call, err error) *attio.Error {
	var refusal *attio.Error
	if errors.As(err, &refusal) {
		return refusal
	}
	h.log.Error("internal error", "method", c.Request.Method, "path", c.Request.URL.Path, "error", err)
	return attio.Internal()
}

// SentToken returns the token that a request was sent with, "" for none.
func SentToken(r *http.Request) string {
	value, _ := bearer(r)
	return value
}

// bearer returns the token of a request and whether it has one: a Bearer token, or the user name of
// HTTP Basic.
func bearer(r *http.Request) (string, bool) {
	scheme, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(value), true
	}
	user, _, ok := r.BasicAuth()
	return user, ok
}

// json returns the body if its content type is JSON, and nil otherwise, which the shape of the body then refuses. Servers
// of Attio's kind behave so; it was never captured.
func (c *Call) json() []byte {
	if !c.sendsJSON() {
		return nil
	}
	return c.Sent
}

func (c *Call) sendsJSON() bool {
	sent := c.Request.Header.Get("Content-Type")
	if sent == "application/json" {
		return true // as nearly every client's, and parsing it would make a map
	}
	kind, _, err := mime.ParseMediaType(sent)
	return err == nil && kind == "application/json"
}

// optionalBody reads a body that may be missing. A body of another content type is refused rather than ignored: the
// answer would look as if the request had been fulfilled. That Attio refuses it too is assumed.
func optionalBody[T any](c *Call, allowed shape.Schema) (T, error) {
	body, err := shape.Body[T](allowed, c.json())
	if err == nil && len(c.Sent) > 0 && !c.sendsJSON() {
		err = attio.InvalidBody()
	}
	return body, err
}

// update runs a transaction on the workspace, attributed to the token.
func (c *Call) update(change func(*world.Tx) error) error {
	commits, err := c.Workspace.Write(c.author, change)
	if c.Commits == nil {
		c.Commits = commits // a copy would cost more than most transactions need
	} else {
		c.Commits = append(c.Commits, commits...)
	}
	return err
}

// answerWrite runs a transaction that makes or changes a thing, and answers with the thing.
func answerWrite[T, R any](c *Call, write func(*world.Tx) (T, error), render func(*world.State, T) R) (any, error) {
	var rendered R
	err := c.update(func(tx *world.Tx) error {
		thing, err := write(tx)
		if err == nil {
			rendered = render(tx.State, thing)
		}
		return err
	})
	return envelope{rendered}, err
}

// id returns a path parameter that has to be a UUID, in lower case.
func (c *Call) id(name string) (attio.ID, error) {
	id, ok := attio.ParseID(c.vars.get(name))
	if !ok {
		return "", attio.InvalidPath(attio.InvalidUUID(name))
	}
	return id, nil
}
