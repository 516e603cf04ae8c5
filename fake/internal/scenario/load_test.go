package scenario_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// workspaceView is all that a seed says about a workspace.
type workspaceView struct {
	ID         attio.ID
	Slug, Name string
	LogoURL    *string
	Members    []world.Member
	Tokens     []world.Token
}

// seedView is all that a seed says.
type seedView struct {
	Clock      world.Start
	Random     *int64
	Users      []*world.User
	Workspaces []workspaceView
}

func view(seed *world.Seed) seedView {
	v := seedView{Clock: seed.Clock, Random: seed.Random, Users: seed.Users}
	for _, s := range seed.Workspaces {
		w := workspaceView{ID: s.ID, Slug: s.Slug, Name: s.Name, LogoURL: s.LogoURL}
		for m := range s.Members() {
			w.Members = append(w.Members, *m)
		}
		for t := range s.Tokens() {
			w.Tokens = append(w.Tokens, *t)
		}
		v.Workspaces = append(v.Workspaces, w)
	}
	return v
}

func TestAScenarioBecomesASeed(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
seed: -7
clock: 2026-01-15T10:00:00.1239+01:00
users:
  zoe: {first_name: Zoe, last_name: Quist, email: Zoe@example.com, avatar_url: https://example.com/z.png}
  ada: {email: ada@example.com}
workspaces:
  zeta:
    name: ""
    members:
      zoe: member
      ada: {access_level: admin, created_at: 2025-06-01T00:00:00.9999Z}
    tokens:
      z: {scopes: all}
      b: {scopes: [note:read-write, note:read], token: x, kind: app}
      a: {scopes: [], kind: app, authorized_by: zoe}
      c: {scopes: [], authorized_by: zoe}
  alpha:
    logo_url: https://example.com/l.png
    tokens: {t: {scopes: [task:read]}}
`)
	var (
		random  = int64(-7)
		avatar  = "https://example.com/z.png"
		logo    = "https://example.com/l.png"
		clock   = time.Date(2026, 1, 15, 9, 0, 0, 123900000, time.UTC)
		created = clock.Truncate(time.Millisecond)
		zoe     = &world.User{Key: "zoe", Email: "Zoe@example.com", FirstName: "Zoe", LastName: "Quist", AvatarURL: &avatar}
		ada     = &world.User{Key: "ada", Email: "ada@example.com"}
	)
	notes, err := attio.NewScopeSet("note:read-write")
	if err != nil {
		t.Fatal(err)
	}
	tasks, err := attio.NewScopeSet("task:read")
	if err != nil {
		t.Fatal(err)
	}
	want := seedView{
		Clock: world.Start{At: clock}, Random: &random, Users: []*world.User{zoe, ada},
		Workspaces: []workspaceView{{
			ID: attio.PathID("zeta"), Slug: "zeta", Name: "",
			Members: []world.Member{
				{ID: attio.PathID("zeta/members/zoe"), User: zoe, Access: world.Regular, CreatedAt: created, UpdatedAt: created},
				{ID: attio.PathID("zeta/members/ada"), User: ada, Access: world.Admin, CreatedAt: time.Date(2025, 6, 1, 0, 0, 0, 999000000, time.UTC), UpdatedAt: time.Date(2025, 6, 1, 0, 0, 0, 999000000, time.UTC)},
			},
			Tokens: []world.Token{
				{ID: attio.PathID("zeta/tokens/z"), Name: "z", Value: attio.DerivedToken("zeta", "z"), Kind: world.APIKey, Level: world.WorkspaceLevel, Scopes: attio.EveryScope(), AuthorizedBy: attio.PathID("zeta/members/ada"), CreatedAt: created},
				{ID: attio.PathID("zeta/tokens/b"), Name: "b", Value: "x", Kind: world.AppToken, Level: world.WorkspaceLevel, Scopes: notes, CreatedAt: created},
				{ID: attio.PathID("zeta/tokens/a"), Name: "a", Value: attio.DerivedToken("zeta", "a"), Kind: world.AppToken, Level: world.WorkspaceLevel, AuthorizedBy: attio.PathID("zeta/members/zoe"), CreatedAt: created},
				{ID: attio.PathID("zeta/tokens/c"), Name: "c", Value: attio.DerivedToken("zeta", "c"), Kind: world.APIKey, Level: world.WorkspaceLevel, AuthorizedBy: attio.PathID("zeta/members/zoe"), CreatedAt: created},
			},
		}, {
			ID: attio.PathID("alpha"), Slug: "alpha", Name: "alpha", LogoURL: &logo,
			Tokens: []world.Token{
				{ID: attio.PathID("alpha/tokens/t"), Name: "t", Value: attio.DerivedToken("alpha", "t"), Kind: world.APIKey, Level: world.WorkspaceLevel, Scopes: tasks, CreatedAt: created},
			},
		}},
	}
	if diff := cmp.Diff(want, view(seed)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWithoutAClockSeededThingsAreFromTheFirstOfJanuary2026(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.BuiltIn("blank"))
	if seed.Clock != (world.Start{}) || seed.Random != nil {
		t.Errorf("got the clock %v and the random seed %v", seed.Clock, seed.Random)
	}
	for m := range seed.Workspaces[0].Members() {
		if want := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC); !m.CreatedAt.Equal(want) {
			t.Errorf("got %v", m.CreatedAt)
		}
	}
}

func TestUpperFilesLieOnTopOfWhatTheyExtend(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"top.yaml":        text("version: 1\nextends: [parts/one.yaml, parts/two.yml, blank]\nseed: null\nworkspaces: {w: {name: Top}}\n"),
		"parts/one.yaml":  text("version: 1\nextends: [../base.yaml]\nseed: 5\nworkspaces: {w: {members: {ada: admin}, name: One}}\n"),
		"parts/two.yml":   text("version: 1\nextends: [../base.yaml]\nusers: {ada: {first_name: Ada}}\nworkspaces: {w: {tokens: {t: {scopes: [note:read]}}}}\n"),
		"base.yaml":       text("version: 1\nseed: 3\nusers: {bob: {email: bob@example.com}, ada: {email: ada@example.com}}\nworkspaces: {w: {name: Base, members: {bob: member, ada: suspended}, tokens: {t: {scopes: all, token: x}}}}\n"),
		"unreferred.yaml": text("nonsense"),
	}
	seed := load(t, scenario.FS(files, "top.yaml"), scenario.Text("over", "version: 1\nworkspaces: {w: {tokens: {u: {scopes: all}}}}\n"))
	var got []string
	for _, u := range seed.Users {
		got = append(got, u.Key+" "+u.FirstName+" "+u.Email)
	}
	for _, w := range seed.Workspaces {
		got = append(got, w.Slug+" "+w.Name)
		for m := range w.Members() {
			got = append(got, "member "+m.User.Key+" "+string(m.Access))
		}
		for token := range w.Tokens() {
			got = append(got, "token "+token.Name+" "+token.Value[:1]+" "+strings.Split(token.Scopes.String()+" ", " ")[0])
		}
	}
	want := []string{
		"bob  bob@example.com", "ada Ada ada@example.com", "admin Grace grace.okafor@example.com",
		"w Top", "member bob member", "member ada admin", "token t x note:read",
		"token u " + attio.DerivedToken("w", "u")[:1] + " activity_configuration:read-write",
		"blank Blank", "member admin admin",
		"token full " + attio.DerivedToken("blank", "full")[:1] + " activity_configuration:read-write",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if seed.Random != nil {
		t.Errorf("null takes away the seed below, got %d", *seed.Random)
	}
}

func text(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func TestFilesOnDiskAreListedAlsoWhereTheyAreWrong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	top := write("top.yaml", "version: 1\nextends: [base.yaml, acme, absent.yaml]\n")
	base := write("base.yaml", "version: 1\nusers: 5\n")
	want := []string{top, base, filepath.Join(dir, "absent.yaml")}

	sources := []scenario.Source{scenario.File(top), scenario.Text("text", "version: 1")}
	seed, err := scenario.Load(sources...)
	if seed != nil || err == nil {
		t.Errorf("got %v and %v", seed, err)
	}
	if diff := cmp.Diff(want, scenario.Files(sources...)); diff != "" {
		t.Error(diff)
	}
	write("base.yaml", "version: 1\n")
	write("absent.yaml", "version: 1\n")
	seed, err = scenario.Load(scenario.File(top))
	if err != nil || len(seed.Workspaces) != 2 {
		t.Errorf("got %v and %v", seed, err)
	}
	if diff := cmp.Diff(want, scenario.Files(scenario.File(top))); diff != "" {
		t.Error(diff)
	}
}

func TestACircleThroughALinkEnds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Symlink(".", filepath.Join(dir, "here")); err != nil {
		t.Skipf("this system has no links: %v", err)
	}
	path := filepath.Join(dir, "a.yaml")
	if err := os.WriteFile(path, []byte("version: 1\nextends: [here/a.yaml]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := scenario.Load(scenario.File(path))
	if err == nil || !strings.Contains(err.Error(), "a.yaml extends itself") {
		t.Errorf("got %v", err)
	}
	_, err = scenario.Load(scenario.FS(os.DirFS(dir), "a.yaml"))
	if err == nil || !strings.Contains(err.Error(), "the scenario consists of more than 1000 files") && !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("got %v", err)
	}
}

func TestASourceThatCannotBeReadIsAProblemOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		source scenario.Source
		want   string
	}{
		{"an unknown built-in", scenario.BuiltIn("amce"), `scenario "amce": unknown built-in scenario "amce"; did you mean "acme"? Known: acme, blank, crm, scopes, stock. The name of a file ends in .yaml or .json`},
		{"an absent file", scenario.FS(fstest.MapFS{}, "x.yaml"), "x.yaml: cannot be read: file does not exist"},
		{"a folder", scenario.FS(fstest.MapFS{"x/y": text("")}, "x"), "x: cannot be read: invalid argument"},
		{"a path in a text", scenario.Text("text", "version: 1\nextends: [a.yaml]\n"),
			"text:2:11: this scenario is not a file, so a path has nothing to be relative to; extend a built-in scenario\n   2 | extends: [a.yaml]\n     |           ^"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := scenario.Load(c.source)
			var problems *scenario.Error
			if !errors.As(err, &problems) || len(problems.Problems) != 1 {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
	_, err := scenario.Load(scenario.File(filepath.Join(t.TempDir(), "absent.yaml")))
	if err == nil || !strings.HasSuffix(err.Error(), "absent.yaml: cannot be read: no such file or directory") {
		t.Errorf("got %v (and fs.ErrNotExist reads %q)", err, fs.ErrNotExist)
	}
}

func TestVeryManyProblemsAreCut(t *testing.T) {
	t.Parallel()
	_, err := scenario.Load(scenario.Text("many", "version: 1\nusers: {"+strings.Repeat("u: 1, ", 5000)+"}\n"))
	var problems *scenario.Error
	if !errors.As(err, &problems) || len(problems.Problems) != 1000 || !problems.More {
		t.Fatalf("got %d problems", len(problems.Problems))
	}
	if !strings.HasSuffix(err.Error(), "\nmore than 1000 problems") {
		t.Errorf("got %s", err.Error()[len(err.Error())-100:])
	}
}

func TestNoSourcesMakeAnEmptySeed(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(seedView{}, view(load(t))); diff != "" {
		t.Error(diff)
	}
}

func TestABuiltInScenarioIsBuiltOnce(t *testing.T) {
	t.Parallel()
	first, second := load(t, scenario.BuiltIn("acme")), load(t, scenario.BuiltIn("acme"))
	if first != second {
		t.Error("got two seeds")
	}
	if both := load(t, scenario.BuiltIn("acme"), scenario.BuiltIn("blank")); len(both.Workspaces) != 3 {
		t.Errorf("got %d workspaces", len(both.Workspaces))
	}
}

func BenchmarkLoadBuiltIn(b *testing.B) {
	source := scenario.BuiltIn("acme")
	for b.Loop() {
		if _, err := scenario.Load(source); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadText(b *testing.B) {
	content, err := os.ReadFile("../../../scenarios/acme.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := scenario.Load(scenario.Text("acme", string(content))); err != nil {
			b.Fatal(err)
		}
	}
}
