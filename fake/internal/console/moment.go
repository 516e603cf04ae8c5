package console

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// momentChoice is the control by which a reader goes back to how everything was right after a request.
type momentChoice struct {
	At             int // the request; 0 for now
	Oldest, Latest int // the requests to choose from, 0 if there are none
	Action         string
	Kept           []headerLine // the parameters of the page that stay as they are
	BackToNow      string
}

// momentChoice returns the control for a page. From a page that shows no data it leads to those that do.
func (c *Console) momentChoice(here *url.URL) momentChoice {
	query := here.Query()
	m := momentChoice{At: momentIn(query), Action: prefix + "data/"}
	m.Oldest, m.Latest = c.control.MomentsKept()
	query.Del("at")
	m.BackToNow = here.Path
	if len(query) > 0 {
		m.BackToNow += "?" + query.Encode()
	}
	if strings.HasPrefix(here.Path, m.Action) {
		m.Action = here.Path
	} else {
		query = url.Values{"workspace": query["workspace"]}
	}
	m.Kept = headerLines(http.Header(query))
	return m
}

// momentOf returns the number of the request as of which a page shows data, 0 for now.
func momentOf(r *http.Request) int { return momentIn(r.URL.Query()) }

func momentIn(query url.Values) int {
	n, err := strconv.Atoi(query.Get("at"))
	if err != nil {
		return 0
	}
	return max(0, n)
}

func momentSection() section {
	return section{pages: []route{
		{"GET", prefix + "frame", (*Console).frame},
		{"GET", prefix + "diff", (*Console).diff},
		{"POST", prefix + "requests/{number}/restore", (*Console).restore},
	}}
}

// framePage is a page without content, from which the clock and the moments of another page are updated.
type framePage struct{}

// frame is a page without content, from which the clock and the moments of another page are updated.
func (c *Console) frame(r *http.Request) (page, error) {
	of, err := url.Parse(ownPath(r.URL.Query().Get("of")))
	if err != nil {
		return page{}, badRequest("%q is no page of the console", r.URL.Query().Get("of"))
	}
	return page{content: framePage{}, title: "Frame", frameOf: of}, nil
}

// diffPage is the data of the page that compares two moments.
type diffPage struct {
	From, To         string // the numbers of the requests; an empty To is now
	FromSide, ToSide control.Side
	Sides            []control.Side
	Mistake          string
	Workspaces       []workspaceDiff
}

// workspaceDiff is how a workspace differs between two moments.
type workspaceDiff struct {
	control.WorkspaceDiff
	Changed []changedThing
}

// diff compares two moments.
func (c *Console) diff(r *http.Request) (page, error) {
	query := r.URL.Query()
	data := diffPage{
		From: query.Get("from"), To: query.Get("to"), FromSide: control.Side(query.Get("from_side")), ToSide: control.Side(query.Get("to_side")),
		Sides: []control.Side{control.After, control.Before},
	}
	shown := page{content: &data, title: "Compare two moments"}
	from, err := c.at(data.From, data.FromSide)
	to := c.control.Present()
	if err == nil && data.To != "" {
		to, err = c.at(data.To, data.ToSide)
	}
	if err != nil {
		data.Mistake, shown.status = err.Error(), statusOf(err)
		return shown, nil
	}
	now, _ := c.control.Clock()
	for _, diff := range control.Diff(from, to, now) {
		if slug := query.Get("workspace"); slug == "" || slug == diff.Workspace {
			data.Workspaces = append(data.Workspaces, workspaceDiff{diff, changedThings(diff.Changes, diff.Workspace)})
		}
	}
	return shown, nil
}

// at returns everything as it was on one side of a request; without a side, after it.
func (c *Console) at(number string, side control.Side) (*world.Snapshot, error) {
	n, err := strconv.Atoi(number)
	if err != nil {
		return nil, badRequest("%q is not the number of a request, such as 17", number)
	}
	if side == "" {
		side = control.After
	}
	if !slices.Contains([]control.Side{control.Before, control.After}, side) {
		return nil, badRequest("%q is not a side of a request; it is before or after", side)
	}
	return c.control.At(n, side)
}

// workspaceAt returns a workspace as it was right after a request, or as it is now without one.
func (c *Console) workspaceAt(slug string, at int) (*world.Workspace, error) {
	if at == 0 {
		return c.control.WorkspaceNamed(slug)
	}
	snapshot, err := c.control.At(at, control.After)
	if err != nil {
		return nil, err
	}
	for _, workspace := range snapshot.Past() {
		if workspace.View().Slug == slug {
			return workspace, nil
		}
	}
	return nil, notFound("there was no workspace %s right after request %d", slug, at)
}

// restore puts the server back to a side of a request.
func (c *Console) restore(r *http.Request) (page, error) {
	number, side := r.PathValue("number"), control.Side(r.PostFormValue("to"))
	snapshot, err := c.at(number, side)
	if err != nil {
		return page{}, err
	}
	c.control.Restore(snapshot)
	return seeOther(fmt.Sprintf("%srequests/%s?restored=%s", prefix, number, side)), nil
}
