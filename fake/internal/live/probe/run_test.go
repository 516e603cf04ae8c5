package probe_test

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

// team is the workspace of somebody, which a fake plays.
const team = `
version: 1
users:
  grace: {first_name: Graciela, last_name: Hopperfield, email: graciela@secretcorp.example.org}
  linus: {first_name: Linuslav, last_name: Baumgartner, email: linuslav@secretcorp.example.org}
workspaces:
  secretcorp:
    name: Secretcorp Holdings
    plan: enterprise
    members: {grace: admin, linus: member}
    verified_domains: [secretcorp.example.org]
    teams: {crew: {name: Secret crew, members: [linus]}}
    tokens:
      full: {scopes: all, token: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}
      narrow: {scopes: [object_configuration:read-write, record_permission:read-write, user_management:read], token: 1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}
    objects:
      deals: {enabled: true}
      projects: {singular_noun: Secretproject, plural_noun: Secretprojects, attributes: {codename: text}}
      companies:
        attributes: {secrettier: {type: select, options: [Secretgold]}}
        records: {navy: {name: Secretnavy, domains: [secretnavy.example.org]}}
    lists:
      sales: {name: Secretsales, parent_object: companies, entries: {navy: {record: navy}}}
    notes: {hello: {record: companies/navy, title: Secrettitle, markdown: Secretcontent}}
    webhooks: {hook: {target_url: "https://receiver.secretcorp.example.org/hook", status: inactive, subscriptions: [record.created]}}
`

const (
	full   = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	narrow = "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

// run probes a server that plays the workspace, through a handler in front of it. It has to be called in a synctest bubble.
func run(t *testing.T, o probe.Options, front func(http.RoundTripper) http.RoundTripper) (*probe.Report, *fake.Server, error) {
	t.Helper()
	real := fake.New(t, fake.YAML(team), fake.WithoutSocket())
	o.Transport = real.Transport()
	if front != nil {
		o.Transport = front(o.Transport)
	}
	report, err := begin(t, o, filepath.Join(t.TempDir(), "state"))
	return report, real, err
}

func begin(t *testing.T, o probe.Options, path string) (*probe.Report, error) {
	t.Helper()
	log, err := probe.OpenLog(path, "https://api.attio.com", "a1b2c3d4")
	if err != nil {
		t.Fatal(err)
	}
	if o.Token == "" {
		o.Token = full
	}
	o.URL, o.Log = "https://api.attio.com", log
	o.Fake = func(scenario string) (probe.Fake, error) {
		srv, err := fake.Start(fake.YAML(scenario), fake.WithoutSocket())
		if err != nil {
			return probe.Fake{}, err
		}
		return probe.Fake{Transport: srv.Transport(), Token: srv.Token("probe"), Close: srv.Close}, nil
	}
	report, err := probe.Run(context.Background(), o)
	if closed := log.Close(false); closed != nil {
		t.Fatal(closed)
	}
	return report, err
}

func text(t *testing.T, r *probe.Report) string {
	t.Helper()
	var w strings.Builder
	if err := r.WriteText(&w); err != nil {
		t.Fatal(err)
	}
	return w.String()
}

func TestAgainstAnEqualWorkspaceNothingIsFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		report, _, err := run(t, probe.Options{Write: true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(text(t, report))
	})
}
