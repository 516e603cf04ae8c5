package pull

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// pageSize is how many records Attio's documentation lets a query return.
const pageSize = 500

// fetcher makes the requests of a pull.
type fetcher struct {
	*source
	Options
	of *workspace
}

// identify asks whose token this is. The answer is never reused: the token may be another one now.
func identify(ctx context.Context, client *live.Client) (*workspace, error) {
	w := new(workspace)
	switch err := client.Fetch(ctx, get("/v2/self"), w); {
	case err != nil:
		return nil, err
	case !w.Active || w.Slug == "":
		return nil, fmt.Errorf("%s does not know the token, or it has expired", client)
	}
	return w, nil
}

// everything fetches what the options ask for: the schema first, as it says how to read the rest.
func (f *fetcher) everything(ctx context.Context) error {
	steps := []step{(*fetcher).members, (*fetcher).objects, (*fetcher).lists, (*fetcher).records, (*fetcher).entries}
	if f.History {
		steps = append(steps, (*fetcher).history)
	}
	for _, name := range f.Include {
		steps = append(steps, includable.Get()[name])
	}
	for _, fetch := range steps {
		if err := fetch(f, ctx); err != nil {
			return err
		}
	}
	return nil
}

// step fetches one sort of things.
type step func(*fetcher, context.Context) error

// includable is what a pull fetches on request.
var includable = lazy.Of[map[string]step]{Make: func() map[string]step {
	return map[string]step{
		"notes": (*fetcher).notes, "tasks": (*fetcher).tasks, "comments": (*fetcher).comments, "webhooks": (*fetcher).webhooks,
	}
}}

func (f *fetcher) members(ctx context.Context) error {
	members, err := all[*member](ctx, f.source, get("/v2/workspace_members"))
	if _, err := f.permitted("members", err); err != nil {
		return err
	}
	f.of.members = members
	f.Progress("members", len(members), 0)
	return nil
}

// marks are attributes by which a standard object is known whose slug was changed.
var marks = lazy.Of[map[string]string]{Make: func() map[string]string {
	return map[string]string{
		"people": "email_addresses", "companies": "domains", "deals": "associated_company", "users": "primary_email_address", "workspaces": "workspace_id",
	}
}}

func (f *fetcher) objects(ctx context.Context) error {
	objects, err := all[*kind](ctx, f.source, get("/v2/objects"))
	if err != nil {
		return err
	}
	f.of.objects = objects
	for i, o := range objects {
		if err := f.schema(ctx, o, "objects"); err != nil {
			return err
		}
		for _, template := range standard.Objects() {
			if mark := o.attribute(marks.Get()[template.Slug]); o.Slug == template.Slug || mark != nil && mark.System {
				o.standard = template.Slug
			}
		}
		f.Progress("objects", i+1, len(objects))
	}
	return f.checkSelection()
}

// checkSelection refuses names of objects that the workspace does not have.
func (f *fetcher) checkSelection() error {
	var slugs []string
	for _, o := range f.of.objects {
		slugs = append(slugs, o.Slug)
	}
	slices.Sort(slugs)
	var wrong []error
	for _, name := range f.Objects {
		if !slices.Contains(slugs, name) {
			wrong = append(wrong, errors.New(suggest.Unknown("object", name, slugs)))
		}
	}
	return errors.Join(wrong...)
}

func (f *fetcher) lists(ctx context.Context) error {
	lists, err := all[*kind](ctx, f.source, get("/v2/lists"))
	if ok, err := f.permitted("lists", err); !ok {
		return err
	}
	f.of.lists = lists
	for i, l := range lists {
		if err := f.schema(ctx, l, "lists"); err != nil {
			return err
		}
		f.Progress("lists", i+1, len(lists))
	}
	return nil
}

// schema fetches attributes, options, statuses and views.
func (f *fetcher) schema(ctx context.Context, k *kind, target string) error {
	archived := url.Values{"show_archived": {"true"}}
	request := get("/v2/%s/%s/attributes", target, k.id())
	request.Query = archived
	attributes, err := all[*attributeOf](ctx, f.source, request)
	if ok, err := f.permitted("attributes of "+k.Slug, err); !ok {
		return err
	}
	k.attributes = attributes
	for _, a := range attributes {
		if a.Default != nil && a.Default.Type == "static" {
			if err := decode(request, a.Default.Template, &a.defaults); err != nil {
				return err
			}
		}
		if a.Type != "select" && a.Type != "status" {
			continue
		}
		section := map[string]string{"select": "options", "status": "statuses"}[a.Type]
		request := get("/v2/%s/%s/attributes/%s/%s", target, k.id(), a.ID.Attribute, section)
		request.Query = archived
		choices, err := all[*choice](ctx, f.source, request)
		if _, err := f.permitted(section+" of "+k.Slug+"."+a.Slug, err); err != nil {
			return err
		}
		a.choices = choices
	}
	return f.views(ctx, k, target)
}

func (f *fetcher) views(ctx context.Context, k *kind, target string) error {
	request := get("/v2/%s/%s/views", target, k.id())
	for cursor := ""; ; {
		request.Query = url.Values{"show_archived": {"true"}}
		if cursor != "" {
			request.Query.Set("cursor", cursor)
		}
		var page struct {
			Data       []*view
			Pagination struct {
				Next *string `json:"next_cursor"`
			}
		}
		err := f.fetch(ctx, request, &page)
		if ok, err := f.permitted("views of "+k.Slug, err); !ok {
			return err
		}
		for _, listed := range page.Data {
			var whole struct{ Data *view }
			err := f.fetch(ctx, get("/v2/%s/%s/views/%s", target, k.id(), listed.ID.View), &whole)
			if ok, err := f.permitted("views of "+k.Slug, err); err != nil {
				return err
			} else if !ok {
				return nil // the same would be said of each
			}
			k.views = append(k.views, whole.Data)
		}
		if page.Pagination.Next == nil {
			return nil
		}
		cursor = *page.Pagination.Next
	}
}

func (f *fetcher) selects(object string) bool {
	return len(f.Objects) == 0 || slices.Contains(f.Objects, object)
}

func (f *fetcher) records(ctx context.Context) error {
	for _, o := range f.of.objects {
		if !f.selects(o.Slug) {
			continue
		}
		if err := f.query(ctx, o, "/v2/objects/%s/records/query"); err != nil {
			return err
		}
	}
	return nil
}

func (f *fetcher) entries(ctx context.Context) error {
	for _, l := range f.of.lists {
		if !slices.ContainsFunc(l.Parent, f.selects) {
			continue
		}
		if err := f.query(ctx, l, "/v2/lists/%s/entries/query"); err != nil {
			return err
		}
	}
	return nil
}

// query fetches records or entries, newest first.
func (f *fetcher) query(ctx context.Context, k *kind, path string) error {
	request := get(path, k.id())
	request.Method = http.MethodPost
	seen := make(map[string]bool)
	for offset := 0; f.Limit == 0 || offset < f.Limit; {
		size := pageSize
		if f.Limit > 0 {
			size = min(size, f.Limit-offset)
		}
		request.Body = f.queryBody(size, offset)
		page, err := all[*record](ctx, f.source, request)
		if ok, err := f.permitted("records of "+k.Slug, err); !ok {
			return err
		}
		for _, r := range page {
			if !seen[r.id()] { // a record that was created meanwhile moves the others
				seen[r.id()] = true
				k.records = append(k.records, r)
			}
		}
		offset += len(page)
		f.Progress(k.Slug, len(k.records), f.Limit)
		if len(page) < size {
			break
		}
	}
	return nil
}

func (f *fetcher) queryBody(limit, offset int) []byte {
	body := map[string]any{"limit": limit, "offset": offset, "sorts": []any{map[string]any{"attribute": "created_at", "direction": "desc"}}}
	if !f.Since.IsZero() {
		body["filter"] = map[string]any{"created_at": map[string]any{"$gte": f.Since.UTC().Format(time.RFC3339Nano)}}
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // it is made of strings and numbers
	}
	return text
}

// history fetches past values, one request for each attribute of each record: Attio has nothing quicker.
func (f *fetcher) history(ctx context.Context) error {
	type cell struct {
		kind   *kind
		record *record
		slug   string
		id     string
	}
	var cells []cell
	for _, k := range slices.Concat(f.of.objects, f.of.lists) {
		for _, r := range k.records {
			for _, a := range k.attributes {
				if values, shown := r.values()[a.Slug]; shown && !a.isComputed() && mayHavePast(a, r, values) {
					cells = append(cells, cell{k, r, a.Slug, a.ID.Attribute})
				}
			}
		}
	}
	without := make(map[string]bool) // attributes whose history Attio does not show, such as those that it fills itself
	for i, c := range cells {
		if without[c.id] {
			continue
		}
		path := "/v2/objects/%s/records/%s/attributes/%s/values"
		if c.kind.isList() {
			path = "/v2/lists/%s/entries/%s/attributes/%s/values"
		}
		request := get(path, c.kind.id(), c.record.id(), c.id)
		request.Query = url.Values{"show_historic": {"true"}}
		values, err := all[*value](ctx, f.source, request)
		var refused *live.RefusedError
		if errors.As(err, &refused) && refused.Status == http.StatusBadRequest {
			without[c.id] = true
			continue
		}
		if ok, err := f.permitted("history of "+c.kind.Slug+"."+c.slug, err); err != nil {
			return err
		} else if ok {
			c.record.values()[c.slug] = values
		}
		f.Progress("history", i+1, len(cells))
	}
	return nil
}

// mayHavePast reports whether an attribute may have had other values: it has not if it has held its only one from the start.
func mayHavePast(a *attributeOf, r *record, values []*value) bool {
	return a.Multiselect || len(values) != 1 || values[0].From != r.CreatedAt
}

func (f *fetcher) notes(ctx context.Context) error {
	notes, err := pages[*note](ctx, f.source, get("/v2/notes"), 50)
	if _, err := f.permitted("notes", err); err != nil {
		return err
	}
	f.of.notes = notes
	f.Progress("notes", len(notes), 0)
	return nil
}

func (f *fetcher) tasks(ctx context.Context) error {
	tasks, err := pages[*task](ctx, f.source, get("/v2/tasks"), 500)
	if _, err := f.permitted("tasks", err); err != nil {
		return err
	}
	f.of.tasks = tasks
	f.Progress("tasks", len(tasks), 0)
	return nil
}

func (f *fetcher) webhooks(ctx context.Context) error {
	webhooks, err := pages[*webhook](ctx, f.source, get("/v2/webhooks"), 100)
	if _, err := f.permitted("webhooks", err); err != nil {
		return err
	}
	f.of.webhooks = webhooks
	f.Progress("webhooks", len(webhooks), 0)
	return nil
}

// comments fetches the threads of each record and entry: Attio lists them in no other way.
func (f *fetcher) comments(ctx context.Context) error {
	total, done := 0, 0
	for _, k := range slices.Concat(f.of.objects, f.of.lists) {
		total += len(k.records)
	}
	for _, k := range slices.Concat(f.of.objects, f.of.lists) {
		for _, r := range k.records {
			of := url.Values{"object": {k.Slug}, "record_id": {r.id()}}
			if k.isList() {
				of = url.Values{"list": {k.Slug}, "entry_id": {r.id()}}
			}
			ok, err := f.threadsOf(ctx, of)
			if err != nil {
				return err
			}
			if !ok {
				return nil // the same would be said of each
			}
			done++
			f.Progress("comments", done, total)
		}
	}
	return nil
}

func (f *fetcher) threadsOf(ctx context.Context, of url.Values) (bool, error) {
	const size = 50
	for offset := 0; ; offset += size {
		request := get("/v2/threads")
		request.Query = url.Values{"limit": {"50"}, "offset": {fmt.Sprint(offset)}}
		for name, value := range of {
			request.Query[name] = value
		}
		threads, err := all[*thread](ctx, f.source, request)
		if ok, err := f.permitted("comments", err); !ok {
			return false, err
		}
		for _, t := range threads {
			if t.More {
				var whole struct{ Data *thread }
				if err := f.fetch(ctx, get("/v2/threads/%s", t.ID.Thread), &whole); err != nil {
					return false, err
				}
				t = whole.Data
			}
			f.of.threads = append(f.of.threads, t)
		}
		if len(threads) < size {
			return true, nil
		}
	}
}

// Includable lists what a pull fetches on request.
func Includable() []string {
	return slices.Sorted(maps.Keys(includable.Get()))
}
