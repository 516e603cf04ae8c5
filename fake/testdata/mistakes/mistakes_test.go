// Package mistakes holds tests that make mistakes, which tests of package fake run in processes of their own.
package mistakes

import (
	"os"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// shared is the server of all tests that share one, as a TestMain makes it.
var shared *fake.Server

func TestMain(m *testing.M) {
	var err error
	if shared, err = fake.Start(fake.WithoutSocket()); err != nil {
		panic(err)
	}
	code := m.Run()
	shared.Close()
	os.Exit(code)
}

// mistakes are ways to reach what is bound to a test, each with a mistake at its end.
var mistakes = map[string]func(t *testing.T, srv *fake.Server){
	"a clone":           func(t *testing.T, srv *fake.Server) { srv.Workspace("acme").Clone(t).Record("people", "nobody") },
	"a list of a clone": func(t *testing.T, srv *fake.Server) { srv.Workspace("acme").Clone(t).List("nolist") },
	"a record of a clone": func(t *testing.T, srv *fake.Server) {
		srv.Workspace("acme").Clone(t).Create("people", fake.Values{"job_title": "Clerk"}).Text("nothing")
	},
	"a member of a clone": func(t *testing.T, srv *fake.Server) { srv.Workspace("acme").Clone(t).As("ada").Member("eve") },
	"a view of a server":  func(t *testing.T, srv *fake.Server) { srv.For(t).Workspace("nowhere") },
	"a workspace of a view": func(t *testing.T, srv *fake.Server) {
		srv.For(t).Workspace("acme").Member("eve")
	},
	"a view of a workspace": func(t *testing.T, srv *fake.Server) { srv.Workspace("acme").For(t).Record("people", "nobody") },
	"a filter":              func(t *testing.T, srv *fake.Server) { srv.For(t).Requests(fake.RequestFilter{Workspace: "nowhere"}) },
	"the usage":             func(t *testing.T, srv *fake.Server) { srv.For(t).Usage().Unneeded("nothing") },
	"a fault":               func(t *testing.T, srv *fake.Server) { srv.For(t).Fail(fake.Hang.OnAny().In("nowhere")) },
}

// makeMistakes makes each mistake in a test of its own, beside a test that makes none.
func makeMistakes(t *testing.T, srv *fake.Server, parallel bool) {
	for name, mistake := range mistakes {
		t.Run(name, func(t *testing.T) {
			if parallel {
				t.Parallel()
			}
			mistake(t, srv)
			t.Error("it went on")
		})
	}
	t.Run("none", func(t *testing.T) {
		if parallel {
			t.Parallel()
		}
		srv.Workspace("acme").Clone(t).Create("people", fake.Values{"job_title": "Clerk"})
	})
}

func TestSerial(t *testing.T) {
	srv := fake.New(t, fake.WithoutSocket())
	makeMistakes(t, srv, false)
	t.Log("the parent goes on")
}

func TestParallel(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	makeMistakes(t, srv, true)
	t.Log("the parent goes on")
}

func TestShared(t *testing.T) {
	makeMistakes(t, shared, true)
	t.Log("the parent goes on")
}

func TestStart(*testing.T) { shared.Workspace("nowhere") }
