package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/search"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// dataPath begins the paths of the Data pages. What follows is the path of the same thing in Attio's API.
const dataPath = prefix + "data/"

// system is Attio itself, among those in whose name the data is read and written.
const system = "system"

// lens is a workspace as a member or Attio itself sees it, now or at a moment of the past. All that it shows, and all that it
// changes, goes through Attio's API.
type lens struct {
	control   *control.Handler
	workspace *world.Workspace
	state     *world.State
	author    world.Author

	slug string // of the workspace
	as   string // who looks: the key of a member, or system
	at   int    // the request as of which the data is shown; 0 for now
}

// lens returns the lens that a request asks for: the first workspace, now, through the eyes of Attio itself, unless its
// parameters name others.
func (c *Console) lens(r *http.Request) (*lens, error) {
	slug, err := c.workspace(r)
	if err != nil {
		return nil, err
	}
	slugs := c.slugs()
	if slug == "" && len(slugs) > 0 {
		slug = slugs[0]
	}
	if slug == "" {
		return nil, notFound("there is no workspace; load a scenario that has one")
	}
	l := &lens{control: c.control, slug: slug, as: system, at: momentOf(r)}
	if l.workspace, err = c.control.WorkspaceNamed(slug); err != nil {
		return nil, err
	}
	l.state = l.workspace.View()
	if as := r.URL.Query().Get("as"); as != "" {
		l.as = as
	}
	l.author, err = control.AuthorNamed(l.state, l.as)
	return l, err
}

// link returns the path of a Data page as seen through the lens. The pairs are more parameters, by name and value.
func (l *lens) link(path string, pairs ...string) string {
	query := url.Values{"workspace": {l.slug}}
	if l.as != system {
		query.Set("as", l.as)
	}
	if l.at > 0 {
		query.Set("at", strconv.Itoa(l.at))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	return dataPath + path + "?" + query.Encode()
}

// read decodes the data of an answer of Attio's API.
func (l *lens) read(path string, into any) error {
	return l.ask(http.MethodGet, path, nil, &struct{ Data any }{into})
}

// find decodes the data of the answer to a query.
func (l *lens) find(path string, query, into any) error {
	return l.ask(http.MethodPost, path, query, &struct{ Data any }{into})
}

// write sends a request that changes something, in the envelope of Attio's API.
func (l *lens) write(method, path string, data, into any) error {
	if l.at > 0 {
		return badRequest("a moment of the past can only be read; go back to now to change something")
	}
	var body any
	if data != nil {
		body = map[string]any{"data": data}
	}
	return l.ask(method, path, body, into)
}

// ask sends a request to Attio's API. A refusal is an *attio.Error.
func (l *lens) ask(method, path string, body, into any) error {
	sent := new(bytes.Buffer)
	if body != nil {
		if err := json.NewEncoder(sent).Encode(body); err != nil {
			return fmt.Errorf("write the request %s %s: %w", method, path, err)
		}
	}
	r := httptest.NewRequest(method, "/v2/"+path, sent)
	r.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	l.control.AnswerAs(answer, r, l.workspace, l.author)
	if answer.Code >= http.StatusBadRequest {
		refused := new(attio.Error)
		if err := json.Unmarshal(answer.Body.Bytes(), refused); err != nil {
			return fmt.Errorf("read the refusal of %s %s: %w", method, path, err)
		}
		return refused
	}
	if into == nil {
		return nil
	}
	decoder := json.NewDecoder(answer.Body)
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("read the answer to %s %s: %w", method, path, err)
	}
	return nil
}

// refusal returns an error of Attio's API, if it is one.
func refusal(err error) (*attio.Error, bool) { return errors.AsType[*attio.Error](err) }

// forReader makes an error that ends a page one for its reader: Attio's own keep their status.
func forReader(err error) error {
	if refused, ok := refusal(err); ok {
		return &mistake{refused.Status, refused.Message}
	}
	return err
}

// labelOf returns what people call a record: its label, or else its id.
func (l *lens) labelOf(object string, id attio.ID) string {
	if o, ok := l.state.Schema.Object(object); ok {
		if record, ok := l.state.Record(o.ID, id); ok {
			if label := search.Label(o, record); label != "" {
				return label
			}
		}
	}
	return string(id)
}

// actorName returns what people call an actor.
func (l *lens) actorName(kind attio.ActorType, id attio.ID) string {
	switch kind {
	case attio.ActorSystem:
		return "Attio"
	case attio.ActorWorkspaceMember:
		if member, ok := l.state.Member(id); ok {
			return nameOf(member)
		}
	default:
		for token := range l.state.Tokens() {
			if token.Author().Actor == (attio.Actor{Type: kind, ID: id}) {
				return "token " + token.Name
			}
		}
	}
	return string(kind) + " " + string(id)
}

func nameOf(member *world.Member) string {
	switch name := member.User.FirstName + " " + member.User.LastName; {
	case name == " ":
		return member.User.Email
	case member.User.FirstName == "" || member.User.LastName == "":
		return member.User.FirstName + member.User.LastName
	default:
		return name
	}
}
