package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/fake"
)

// pulling holds the flags of pull.
type pulling struct {
	from, token, output string
	objects, include    []string
	limit               int
	since               string
	history             bool
	anonymise, asIs     bool
	anonymiseSchema     bool
	seed                int64
}

func newPull() *cobra.Command {
	p := new(pulling)
	cmd := &cobra.Command{
		Use:   "pull",
		Short: "Write a real workspace as a scenario, anonymised",
		Long: `pull reads a workspace over Attio's API and writes it as a scenario: objects, lists,
their attributes, options, statuses and views, members, records and entries, and
what --include names. It only reads, and stays within Attio's rate limits.

Names, addresses, telephone numbers, texts and ids become pseudonyms of the same
shape; --as-is keeps the real ones. Nothing is written if a string of the workspace
of five characters or more is left. Slugs and titles of attributes, lists, options
and statuses stay, as programs are written against them, unless --anonymise-schema
is given.

A pull that was interrupted goes on when it is called again. Until then a file that
ends in .partial is beside the output. It has the real names, and no token.

Give the token in FAKEATTIO_TOKEN: other users of a machine can see command lines.`,
		Example: `  FAKEATTIO_TOKEN=… fakeattio pull --output team.yaml
  fakeattio pull -o team.yaml --objects companies,people --limit 500 --since 90d
  fakeattio pull -o team.yaml --include notes,tasks,comments,webhooks --history`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.run(cmd) },
	}
	flags := cmd.Flags()
	flags.StringVar(&p.from, "from", "https://api.attio.com", "base `URL` of the API; no other host is called")
	flags.StringVar(&p.token, "token", "", "access `TOKEN` of the workspace, which has to be able to read what is wanted")
	flags.StringVarP(&p.output, "output", "o", "", "`FILE` to write, which ends in .yaml")
	flags.StringSliceVar(&p.objects, "objects", nil, "`SLUGS` of the objects whose records and entries are wanted; the default is all")
	flags.IntVar(&p.limit, "limit", 0, "how many records of each object and entries of each list, newest first: a `NUMBER`; the default is all")
	flags.StringVar(&p.since, "since", "", "only records and entries created since a `TIME`, such as 2026-01-15 or 90d")
	flags.BoolVar(&p.history, "history", false, "past values, too, and when and by whom each was written: a request for each attribute of each record")
	flags.StringSliceVar(&p.include, "include", nil, "what else to read: `THINGS` such as "+strings.Join(fake.PullIncludes(), ","))
	flags.BoolVar(&p.anonymise, "anonymise", true, "replace what identifies people and companies")
	flags.BoolVar(&p.asIs, "as-is", false, "keep real names, texts and ids, as --anonymise=false does")
	flags.BoolVar(&p.anonymiseSchema, "anonymise-schema", false, "replace the workspace's own slugs and titles, too")
	flags.Int64Var(&p.seed, "seed", 0, "`NUMBER` from which pseudonyms repeat; whoever knows it can find out whom they stand for. The default is a secret that nobody keeps")
	return cmd
}

func (p *pulling) run(cmd *cobra.Command) error {
	options, err := p.options(cmd.Flags().Changed("anonymise"), time.Now())
	if err != nil {
		return misuse{err}
	}
	if cmd.Flags().Changed("seed") {
		options.Seed = &p.seed
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	show := &pullProgress{status: statusLine{to: cmd.ErrOrStderr()}, live: isTerminal(cmd.ErrOrStderr()), now: time.Now}
	options.Progress = show.reached
	result, err := fake.Pull(ctx, options)
	show.status.clear()
	if err != nil {
		return p.failed(ctx, err, options.Partial)
	}
	if err := writeFile(p.output, result.File); err != nil {
		return err
	}
	if err := errors.Join(os.Remove(options.Partial), writeSchema(p.output)); err != nil {
		return plainFile("write", err)
	}
	return p.report(cmd.OutOrStdout(), result)
}

// options returns what the flags ask for.
func (p *pulling) options(anonymiseGiven bool, now time.Time) (fake.PullOptions, error) {
	since, sinceErr := readSince(p.since, now)
	asIs := p.asIs || !p.anonymise
	var mistakes []error
	if p.token == "" {
		mistakes = append(mistakes, fmt.Errorf("a token is missing: set %sTOKEN to one that can read the workspace", prefix))
	}
	switch extension := filepath.Ext(p.output); {
	case p.output == "":
		mistakes = append(mistakes, errors.New("--output is missing: name the file to write, such as team.yaml"))
	case !slices.Contains([]string{".yaml", ".yml"}, extension):
		mistakes = append(mistakes, fmt.Errorf("--output takes a file whose name ends in .yaml, not %q", p.output))
	}
	if p.asIs && anonymiseGiven && p.anonymise {
		mistakes = append(mistakes, errors.New("--as-is and --anonymise contradict each other; give one of them"))
	}
	if asIs && p.anonymiseSchema {
		mistakes = append(mistakes, errors.New("--anonymise-schema makes no sense with --as-is"))
	}
	for _, name := range p.include {
		if !slices.Contains(fake.PullIncludes(), name) {
			mistakes = append(mistakes, fmt.Errorf("--include takes %s, not %q", strings.Join(fake.PullIncludes(), ", "), name))
		}
	}
	if p.limit < 0 {
		mistakes = append(mistakes, fmt.Errorf("--limit takes a number from 1, not %d", p.limit))
	}
	return fake.PullOptions{
		From: p.from, Token: p.token, Objects: p.objects, Limit: p.limit, Since: since, History: p.history, Include: p.include,
		AsIs: asIs, AnonymiseSchema: p.anonymiseSchema, Partial: p.output + ".partial",
	}, errors.Join(append(mistakes, sinceErr)...)
}

// readSince reads a time or a date, or how long ago it was. The latter means the beginning of a day, so that a second call within the day
// makes the same requests.
func readSince(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	if days, err := strconv.Atoi(strings.TrimSuffix(text, "d")); err == nil && strings.HasSuffix(text, "d") && days >= 0 {
		return now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -days), nil
	}
	return time.Time{}, fmt.Errorf("--since takes a date such as 2026-01-15, a timestamp, or a number of days such as 90d, not %q", text)
}

// failed adds to an error what to do about it.
func (p *pulling) failed(ctx context.Context, err error, partial string) error {
	_, missing := os.Stat(partial)
	if why := plainNetwork(err); why.Error() != err.Error() {
		err = fmt.Errorf("cannot read from %s: %w", p.from, why)
	}
	switch {
	case ctx.Err() != nil && missing == nil:
		return &ended{exitSignal + int(syscall.SIGINT), "interrupted; another call goes on with what is in " + partial}
	case ctx.Err() != nil:
		return &ended{exitSignal + int(syscall.SIGINT), "interrupted"}
	case missing == nil:
		return fmt.Errorf("%w\nAnother call goes on with what is in %s", err, partial)
	}
	return err
}

// report says what is in the file and what is not.
func (p *pulling) report(to io.Writer, r *fake.PullResult) error {
	var b strings.Builder
	if r.Resumed > 0 {
		fmt.Fprintf(&b, "went on with %s of an interrupted pull\n", count(r.Resumed, "answer"))
	}
	fmt.Fprintf(&b, "wrote %s: workspace %s, %s, %s, %s, %s; %s sent\n", p.output, r.Workspace,
		count(r.Objects, "object"), count(r.Lists, "list"), count(r.Records, "record"), strings.Replace(count(r.Entries, "entry"), "entrys", "entries", 1), count(r.Sent, "request"))
	list := func(title string, items []string) {
		if len(items) > 0 {
			fmt.Fprintf(&b, "%s\n  %s\n", title, strings.Join(items, "\n  "))
		}
	}
	list("The token may not read:", r.Missing)
	list("Left out:", r.LeftOut)
	fmt.Fprintf(&b, "try: fakeattio serve --scenario %s\n", p.output)
	_, err := io.WriteString(to, b.String())
	return err
}

// pullProgress shows how far a pull is.
type pullProgress struct {
	status statusLine
	live   bool // the terminal can write over its last line
	now    func() time.Time
	what   string
	start  time.Time // of what is read now
}

func (p *pullProgress) reached(what string, done, total int) {
	if what != p.what {
		p.what, p.start = what, p.now()
	}
	if !p.live {
		return
	}
	line := fmt.Sprintf("%s: %d", what, done)
	if total > 0 {
		line += fmt.Sprintf(" of %d", total)
	}
	if total > done && done > 0 {
		line += fmt.Sprintf(", about %s left", timeLeft(p.now().Sub(p.start), done, total))
	}
	p.status.show(line)
}
