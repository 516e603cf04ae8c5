package fake

import (
	"context"
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live"
	"github.com/fakeattio/fakeattio/fake/internal/live/pull"
)

// PullOptions says which workspace Pull writes as a scenario, and how much of it.
type PullOptions struct {
	From      string            // the base URL of the API; empty for Attio's own
	Token     string            // an access token of the workspace
	Transport http.RoundTripper // nil for the network

	Objects []string  // slugs of the objects whose records and entries are wanted; empty for all
	Limit   int       // how many records of an object and entries of a list, newest first; 0 for all
	Since   time.Time // only records and entries that were created since then; the zero time for all
	History bool      // past values too, and when and by whom each was written
	Include []string  // what else: "notes", "tasks", "comments", "webhooks"

	AsIs            bool   // the real names, addresses, texts and ids, instead of pseudonyms
	AnonymiseSchema bool   // pseudonyms for slugs and titles of the workspace's own, too
	Seed            *int64 // pseudonyms that repeat; without it they derive from a secret that is forgotten

	Partial  string                             // the file that keeps what was read until the pull is complete
	Progress func(what string, done, total int) // is told how far it is; total is 0 if that is not known
}

// PullResult is a workspace as a scenario.
type PullResult struct {
	Workspace string // its slug in the scenario
	File      []byte // the scenario, in YAML

	Objects, Lists, Records, Entries int // how many there are in it

	Missing []string // what the token may not read, with Attio's reason
	LeftOut []string // what was read but is not in the file, and why
	Resumed int      // how many answers of an interrupted pull were used
	Sent    int      // how many requests were sent
}

// Pull reads a workspace over its API and returns it as a scenario, by default with pseudonyms instead of what identifies people and
// companies. It stays within Attio's rate limits. If it fails, a second call with the same partial file goes on where it was; once the
// result is in a safe place, the caller removes that file.
func Pull(ctx context.Context, options PullOptions) (*PullResult, error) {
	if options.From == "" {
		options.From = live.DefaultURL
	}
	client, err := live.New(options.From, options.Token, options.Transport)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	pulled, err := pull.Run(ctx, client, pull.Options{
		Objects: options.Objects, Limit: options.Limit, Since: options.Since, History: options.History, Include: options.Include,
		AsIs: options.AsIs, AnonymiseSchema: options.AnonymiseSchema, Seed: options.Seed, Partial: options.Partial, Progress: options.Progress,
	})
	if err != nil {
		return nil, err
	}
	return &PullResult{
		Workspace: pulled.Workspace, File: pulled.File, Objects: pulled.Objects, Lists: pulled.Lists, Records: pulled.Records, Entries: pulled.Entries,
		Missing: pulled.Missing, LeftOut: pulled.LeftOut, Resumed: pulled.Resumed, Sent: pulled.Counts.Requests,
	}, nil
}

// PullIncludes lists what Pull reads on request.
func PullIncludes() []string { return pull.Includable() }
