package pull

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live"
	"github.com/fakeattio/fakeattio/fake/internal/live/pseudonym"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Options says what to pull, and how.
type Options struct {
	Objects []string  // slugs of the objects whose records and entries are wanted; empty for all
	Limit   int       // how many records of an object and entries of a list, newest first; 0 for all
	Since   time.Time // only what was created since then; the zero time for everything
	History bool      // past values too, and when and by whom each was written
	Include []string  // what else, of Includable

	AsIs            bool   // no pseudonyms, and the ids of the workspace
	AnonymiseSchema bool   // pseudonyms for slugs and titles of the workspace's own, too
	Seed            *int64 // pseudonyms that repeat; without it they derive from a secret that is forgotten

	Partial  string                             // the file that keeps the answers until the pull is complete
	Progress func(what string, done, total int) // total is 0 if it is not known; may be nil
}

func (o *Options) check() error {
	for _, name := range o.Include {
		if _, ok := includable.Get()[name]; !ok {
			return errors.New(suggest.Unknown("thing to include", name, Includable()))
		}
	}
	if o.Limit < 0 {
		return fmt.Errorf("the limit is a number from 1, or 0 for no limit, not %d", o.Limit)
	}
	return nil
}

// Result is a workspace as a scenario.
type Result struct {
	Workspace string // its slug in the scenario
	File      []byte
	Objects   int
	Lists     int
	Records   int
	Entries   int
	Missing   []string // what the token may not read, and Attio's reason
	LeftOut   []string // what the file does not have although it was read, with how often and why
	Resumed   int      // how many answers an interrupted pull had left
	Counts    live.Counts
}

// LeakError says where in the file something original was left. The file must not be used.
type LeakError struct{ Places []string }

func (e *LeakError) Error() string {
	text := "something original would be left in the file, which therefore is not written:"
	for _, place := range e.Places {
		text += "\n  " + place
	}
	return text
}

// Run pulls a workspace. If it fails, the answers so far stay in the partial file, from which the next call goes on.
func Run(ctx context.Context, client *live.Client, options Options) (*Result, error) {
	if err := options.check(); err != nil {
		return nil, err
	}
	if options.Progress == nil {
		options.Progress = func(string, int, int) {}
	}
	w, err := identify(ctx, client)
	if err != nil {
		return nil, err
	}
	kept, err := openPartial(options.Partial, origin{From: client.String(), Workspace: w.ID})
	if err != nil {
		return nil, err
	}
	defer kept.close()
	f := &fetcher{source: &source{client: client, partial: kept}, Options: options, of: w}
	if !options.AsIs {
		f.strings = make(map[string]bool)
	}
	if err := f.everything(ctx); err != nil {
		return nil, err
	}
	result := &Result{Missing: f.missing, Resumed: f.reused, Counts: client.Counts()}
	if err := result.write(w, f.strings, options); err != nil {
		return nil, err
	}
	return result, nil
}

// write makes the file of what was fetched, with all strings in it.
func (r *Result) write(w *workspace, found map[string]bool, options Options) error {
	var originals *pseudonym.Originals
	if !options.AsIs {
		originals = w.originals(found, options.AnonymiseSchema)
		if err := w.checkSchema(originals, options.AnonymiseSchema); err != nil {
			return err
		}
		w.anonymise(originals, options)
	}
	o := &outline{workspace: w, asIs: options.AsIs, history: options.History, left: make(map[string]int), parentRecords: make(map[string]bool)}
	tree := o.scenario()
	seed, left, err := load(tree)
	if err != nil {
		return err
	}
	if r.File, err = scenario.Export(seed); err != nil {
		return err
	}
	if originals != nil {
		if err := scan(originals, r.File); err != nil {
			return err
		}
	}
	r.Workspace = w.Slug
	r.count(seed)
	for _, what := range slices.Sorted(maps.Keys(o.left)) {
		r.LeftOut = append(r.LeftOut, fmt.Sprintf("%d × %s", o.left[what], what))
	}
	r.LeftOut = append(r.LeftOut, left...)
	return nil
}

func (r *Result) count(seed *world.Seed) {
	for _, state := range seed.Workspaces {
		for _, o := range state.Schema.Objects {
			if o.Enabled {
				r.Objects++
				r.Records += state.CountRecords(o.ID)
			}
		}
		for _, l := range state.Schema.Lists {
			r.Lists++
			r.Entries += state.CountRecords(l.ID)
		}
	}
}

// anonymise replaces everything that identifies somebody.
func (w *workspace) anonymise(originals *pseudonym.Originals, options Options) {
	p := pseudonym.New([]byte(world.NewIDs(options.Seed, "pseudonyms").Secret()), originals)
	w.visit(func(kind pseudonym.Kind, s *string) { *s = p.Of(kind, *s) }, options.AnonymiseSchema)
	w.disguise(p)
}
