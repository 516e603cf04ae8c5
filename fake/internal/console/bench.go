package console

import (
	"cmp"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

const benchPath = prefix + "bench"

func benchSection() section {
	return section{title: "Bench", path: benchPath, pages: []route{
		{"GET", benchPath, (*Console).bench},
		{"POST", benchPath + "/clock", (*Console).moveClock},
		{"POST", benchPath + "/faults", (*Console).addFault},
		{"POST", benchPath + "/faults/remove", (*Console).removeFault},
		{"POST", benchPath + "/snapshots", (*Console).saveSnapshot},
		{"POST", benchPath + "/snapshots/restore", (*Console).restoreSnapshot},
		{"POST", benchPath + "/snapshots/delete", (*Console).deleteSnapshot},
		{"GET", benchPath + "/snapshots/diff", (*Console).diffSnapshot},
		{"POST", benchPath + "/limits", (*Console).setLimits},
		{"POST", benchPath + "/clone", (*Console).clone},
		{"POST", benchPath + "/remove", (*Console).removeWorkspace},
		{"POST", benchPath + "/reset", (*Console).reset},
		{"GET", benchPath + "/export", (*Console).export},
		{"POST", benchPath + "/scenario", (*Console).loadScenario},
	}}
}

// benchPage is the data of the bench.
type benchPage struct {
	Form       form
	Faults     []fault.Status
	Kinds      []fault.Kind
	Operations []string
	Tokens     []string // by name and with the workspace
	Snapshots  []control.Snapshot
	Workspaces []benchWorkspace
	Scenario   string             // that was sent and has problems
	Problems   []scenario.Problem // of it
}

// benchWorkspace is a workspace on the bench.
type benchWorkspace struct {
	Slug, Name string
	Limited    bool
}

// bench shows what a test arranges.
func (c *Console) bench(r *http.Request) (page, error) { return c.benchPage(r, form{}) }

func (c *Console) benchPage(r *http.Request, f form) (page, error) {
	if _, err := c.workspace(r); err != nil {
		return page{}, err
	}
	data := &benchPage{Form: f, Faults: c.control.Faults(), Kinds: fault.Kinds(), Operations: operationNames(), Snapshots: c.control.Snapshots.List()}
	for _, described := range c.control.Workspaces() {
		for _, token := range described.Tokens {
			data.Tokens = append(data.Tokens, described.Slug+"/"+token.Name)
		}
		if workspace, err := c.control.WorkspaceNamed(described.Slug); err == nil { // unless it was removed meanwhile
			data.Workspaces = append(data.Workspaces, benchWorkspace{described.Slug, described.Name, workspace.View().Limited})
		}
	}
	return page{content: data, title: "Bench"}, nil
}

// onBench is the action of a form of the bench.
func (c *Console) onBench(r *http.Request, name string, fields []string, do func(sent url.Values) error) (page, error) {
	return c.act(r, action{name: name, fields: fields, to: benchPath, page: c.benchPage, do: func() error {
		if err := r.ParseForm(); err != nil {
			return err
		}
		return do(r.PostForm)
	}})
}

// moveClock advances, sets, freezes or unfreezes the clock.
func (c *Console) moveClock(r *http.Request) (page, error) {
	return c.onBench(r, "clock", []string{"advance", "set"}, func(sent url.Values) error {
		var change map[string]any
		switch sent.Get("do") {
		case "advance":
			change = map[string]any{"advance": sent.Get("advance")}
		case "set":
			change = map[string]any{"set": sent.Get("set")}
		case "freeze", "unfreeze":
			change = map[string]any{"freeze": sent.Get("do") == "freeze"}
		default: // a button that advances by its value
			change = map[string]any{"advance": sent.Get("do")}
		}
		return c.control.Call(r.Context(), http.MethodPost, "/clock", nil, change)
	})
}

// The fields of a fault.
var (
	faultTexts   = []string{"fault", "operation", "workspace", "token", "method", "path", "delay", "id"}
	faultNumbers = []string{"times", "after", "every", "probability", "seed", "status"}
)

// addFault makes requests go wrong.
func (c *Console) addFault(r *http.Request) (page, error) {
	return c.onBench(r, "fault", append(faultTexts[:len(faultTexts):len(faultTexts)], faultNumbers...), func(sent url.Values) error {
		return c.control.Call(r.Context(), http.MethodPost, "/faults", nil, filled(sent, faultTexts, faultNumbers))
	})
}

// removeFault removes a fault, or all.
func (c *Console) removeFault(r *http.Request) (page, error) {
	return c.onBench(r, "faults", []string{"id"}, func(sent url.Values) error {
		if sent.Has("all") {
			return c.control.Call(r.Context(), http.MethodDelete, "/faults", nil, nil)
		}
		return c.control.Call(r.Context(), http.MethodDelete, "/faults/"+sent.Get("id"), nil, nil)
	})
}

// ofSnapshot is the action of a form that concerns the snapshot that it names.
func (c *Console) ofSnapshot(r *http.Request, form, method, what string) (page, error) {
	return c.onBench(r, form, []string{"name"}, func(sent url.Values) error {
		name := sent.Get("name")
		if name == "" || strings.Contains(name, "/") {
			return badRequest("the name of a snapshot cannot be empty or contain a slash")
		}
		return c.control.Call(r.Context(), method, "/snapshots/"+name+what, nil, nil)
	})
}

func (c *Console) saveSnapshot(r *http.Request) (page, error) {
	return c.ofSnapshot(r, "snapshot", http.MethodPut, "")
}

func (c *Console) restoreSnapshot(r *http.Request) (page, error) {
	return c.ofSnapshot(r, "snapshots", http.MethodPost, "/restore")
}

func (c *Console) deleteSnapshot(r *http.Request) (page, error) {
	return c.ofSnapshot(r, "snapshots", http.MethodDelete, "")
}

// snapshotDiff is the data of the page that compares a snapshot.
type snapshotDiff struct {
	Name, To   string // an empty To is now
	Snapshots  []control.Snapshot
	Mistake    string
	Workspaces []workspaceDiff
}

// diffSnapshot shows what has changed since a snapshot.
func (c *Console) diffSnapshot(r *http.Request) (page, error) {
	query := r.URL.Query()
	data := &snapshotDiff{Name: query.Get("name"), To: query.Get("to"), Snapshots: c.control.Snapshots.List()}
	shown := page{content: data, title: "Since " + data.Name}
	from, err := c.control.Snapshots.Get(data.Name)
	to := control.Snapshot{World: c.control.Present()}
	if err == nil && data.To != "" {
		to, err = c.control.Snapshots.Get(data.To)
	}
	if err != nil {
		data.Mistake, shown.status = err.Error(), http.StatusNotFound
		return shown, nil
	}
	now, _ := c.control.Clock()
	for _, diff := range control.Diff(from.World, to.World, now) {
		if slug := query.Get("workspace"); slug == "" || slug == diff.Workspace {
			data.Workspaces = append(data.Workspaces, workspaceDiff{diff, changedThings(diff.Changes, diff.Workspace)})
		}
	}
	return shown, nil
}

// setLimits turns Attio's rate limits on or off for a workspace.
func (c *Console) setLimits(r *http.Request) (page, error) {
	return c.onBench(r, "limits", []string{"limits"}, func(sent url.Values) error {
		body := map[string]any{"limits": nil}
		if limits := sent.Get("limits"); limits != "" {
			body["limits"] = limits
		}
		return c.control.Call(r.Context(), http.MethodPut, "/workspaces/"+sent.Get("of")+"/limits", nil, body)
	})
}

// clone copies a workspace.
func (c *Console) clone(r *http.Request) (page, error) {
	return c.onBench(r, "clone", []string{"slug", "of"}, func(sent url.Values) error {
		return c.control.Call(r.Context(), http.MethodPost, "/workspaces/"+sent.Get("of")+"/clone", nil, filled(sent, []string{"slug"}, nil))
	})
}

// removeWorkspace removes a workspace. The page that follows cannot be that of it.
func (c *Console) removeWorkspace(r *http.Request) (page, error) {
	shown, err := c.onBench(r, "workspaces", []string{"of"}, func(sent url.Values) error {
		return c.control.Call(r.Context(), http.MethodDelete, "/workspaces/"+sent.Get("of"), nil, nil)
	})
	if shown.seeOther != "" && r.URL.Query().Get("workspace") == r.PostForm.Get("of") {
		shown.seeOther = benchPath
	}
	return shown, err
}

// reset returns everything to the scenario.
func (c *Console) reset(r *http.Request) (page, error) {
	c.control.Reset(r.PostFormValue("keep") == "requests")
	return seeOther(c.benchAgain(r)), nil
}

// benchAgain returns the path of the bench after the workspaces may have changed.
func (c *Console) benchAgain(r *http.Request) string {
	if _, err := c.workspace(r); err != nil {
		return benchPath
	}
	return onward(r, benchPath)
}

// export downloads the present state as a scenario.
func (c *Console) export(r *http.Request) (page, error) {
	slug, err := c.workspace(r)
	if err != nil {
		return page{}, err
	}
	content, err := c.control.Export(slug)
	if err != nil {
		return page{}, &mistake{http.StatusUnprocessableEntity, err.Error()}
	}
	return page{file: &file{cmp.Or(slug, "fakeattio") + ".yaml", "application/yaml; charset=utf-8", content}}, nil
}

// loadScenario makes a scenario the present state, from the field or from a file. If it has problems nothing changes.
func (c *Console) loadScenario(r *http.Request) (page, error) {
	text, err := sentScenario(r)
	if err == nil {
		err = c.control.Load(scenario.Text("scenario", text))
	}
	if err == nil {
		return seeOther(c.benchAgain(r)), nil
	}
	problems, isScenario := errors.AsType[*scenario.Error](err)
	if large := errors.As(err, new(*http.MaxBytesError)); large {
		return page{}, err
	}
	message := err.Error()
	if isScenario {
		message = "The scenario was not loaded, because of the problems below. Everything is as it was."
	}
	shown, failed := c.benchPage(r, form{"scenario", "scenario", message, r.PostForm})
	if failed != nil {
		return page{}, failed
	}
	data := shown.content.(*benchPage)
	data.Scenario = text
	if isScenario {
		data.Problems = problems.Problems
	}
	shown.status, shown.frameOf = http.StatusUnprocessableEntity, &url.URL{Path: benchPath, RawQuery: r.URL.RawQuery}
	return shown, nil
}

// maxInMemory is how much of a sent file is held in memory while it is read.
const maxInMemory = 17 << 20

// sentScenario returns the scenario of the file that was sent, or else of the field.
func sentScenario(r *http.Request) (string, error) {
	if err := r.ParseMultipartForm(maxInMemory); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return "", err
	}
	sent, header, err := r.FormFile("file")
	if err != nil || header.Size == 0 {
		text := strings.ReplaceAll(r.PostFormValue("scenario"), "\r\n", "\n") // browsers send fields so
		if strings.TrimSpace(text) == "" {
			return "", badRequest("write a scenario, or choose a file")
		}
		return text, nil
	}
	defer sent.Close()
	raw, err := io.ReadAll(sent)
	return string(raw), err
}
