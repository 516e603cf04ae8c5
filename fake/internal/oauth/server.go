package oauth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Server answers the OAuth requests of the apps of one world.
type Server struct {
	world *world.World
	codes codes
}

// New returns the server of a world, which must not be in use yet.
func New(w *world.World) *Server {
	s := &Server{world: w}
	w.Watch(s)
	return s
}

// Open opens a request to one of the OAuth paths, on any host. It returns nil for any other path.
func (s *Server) Open(r *http.Request) *api.Call {
	op, ok := attio.OAuthOperation(r.Method, r.URL.EscapedPath())
	if !ok {
		return nil
	}
	answer := map[string]func(*http.Request, url.Values, *api.Call) answer{
		"oauth.authorize": s.authorize, "oauth.consent": s.consent, "oauth.token": s.token, "oauth.introspect": s.introspect,
	}[op.Name]
	return api.Elsewhere(r, op, func(w http.ResponseWriter, c *api.Call) {
		values, refused := parameters(w, c)
		switch {
		case refused == nil:
			answer(c.Request, values, c).send(w, c)
		case op.Path == "/authorize":
			mistake{refused.Says}.send(w, c)
		default:
			refused.send(w, c)
		}
	})
}

// answer is an answer that is ready to be sent.
type answer interface {
	send(http.ResponseWriter, *api.Call)
}

// maxBody is how many bytes of a form are read.
const maxBody = 64 << 10

// formType is the content type of forms, which RFC 6749 prescribes for parameters.
const formType = "application/x-www-form-urlencoded"

// parameters reads the parameters of a request, from the query of a GET or the form of a POST. A parameter without a value
// counts as absent, and none may appear twice, as RFC 6749 says.
func parameters(w http.ResponseWriter, c *api.Call) (url.Values, *failure) {
	text := c.Request.URL.RawQuery
	if c.Request.Method == http.MethodPost {
		body, err := io.ReadAll(http.MaxBytesReader(w, c.Request.Body, maxBody))
		c.Sent = body
		if err != nil {
			return nil, invalidRequest("The form cannot be read, or has more than 64 KB.")
		}
		if len(body) > 0 && !isForm(c.Request) {
			return nil, invalidRequest("The body must be a form: " + formType + ".")
		}
		text = string(body)
	}
	values, err := url.ParseQuery(text)
	if err != nil {
		return nil, invalidRequest("The parameters are not escaped as they should be.")
	}
	for name, all := range values {
		switch {
		case len(all) > 1:
			return nil, invalidRequest("The parameter " + strconv.Quote(name) + " must not come more than once.")
		case all[0] == "":
			delete(values, name)
		}
	}
	return values, nil
}

// failure is an error in JSON, as in RFC 6749.
type failure struct {
	status    int
	Code      string `json:"error"`
	Says      string `json:"error_description"`
	challenge string // of WWW-Authenticate
}

func invalidRequest(says string) *failure {
	return &failure{status: http.StatusBadRequest, Code: "invalid_request", Says: says}
}

func (f *failure) send(w http.ResponseWriter, c *api.Call) {
	if f.challenge != "" {
		w.Header().Set("WWW-Authenticate", f.challenge)
	}
	c.Code, c.Message = f.Code, f.Says
	body, _ := json.Marshal(f) // two strings always encode
	success{f.status, body}.send(w, c)
}

// success is an answer in JSON, which nobody may cache.
type success struct {
	status int
	body   []byte
}

func (s success) send(w http.ResponseWriter, c *api.Call) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Pragma", "no-cache")
	write(w, c, s.status, "application/json; charset=utf-8", s.body)
}

func write(w http.ResponseWriter, c *api.Call, status int, contentType string, body []byte) {
	c.Status, c.Body = status, body
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // fails only if the client is gone
}

// same compares secrets in constant time.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// Committed implements world.Watcher. It does nothing.
func (s *Server) Committed(world.Commit) {}

// Added implements world.Watcher. It does nothing.
func (s *Server) Added(*world.Workspace) {}

// Removed implements world.Watcher. It drops the codes for the workspace.
func (s *Server) Removed(workspace *world.Workspace) {
	s.codes.drop(func(g *grant) bool { return g.workspace == workspace })
}

// WasReset implements world.Watcher. It drops all codes.
func (s *Server) WasReset() { s.codes.drop(func(*grant) bool { return true }) }
