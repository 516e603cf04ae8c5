package scenario

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// check looks at what no key shows by itself: whether the users exist that others name, and whether
// what must differ differs.
func check(doc *document, ps *yamltree.Problems) {
	c := checker{doc: doc, problems: ps, users: doc.Users.keys(), tokens: make(map[string]yamltree.Position)}
	c.checkEmails()
	for _, w := range doc.Workspaces.items {
		for _, m := range w.value.Members.items {
			c.checkUser(m.at, m.key)
		}
		for _, t := range w.value.Tokens.items {
			c.checkAuthor(&w.value, &t.value)
			c.checkToken(w.key, t)
		}
	}
}

// checkDuplicates looks only for what must differ and does not, in files on top of which there is nothing.
// What derives from names is left out: a file below may say something else.
func checkDuplicates(doc *document, ps *yamltree.Problems) {
	c := checker{doc: doc, problems: ps, tokens: make(map[string]yamltree.Position)}
	c.checkEmails()
	for _, w := range doc.Workspaces.items {
		for _, t := range w.value.Tokens.items {
			if t.value.Token != "" {
				c.checkToken(w.key, t)
			}
		}
	}
}

type checker struct {
	doc      *document
	problems *yamltree.Problems
	users    []string
	tokens   map[string]yamltree.Position // where the token with a value is
}

func (c *checker) checkEmails() {
	taken := make(map[string]item[user])
	for _, u := range c.doc.Users.items {
		address := strings.ToLower(string(u.value.Email))
		if address == "" {
			continue // it is missing or no string, which is reported
		}
		if first, ok := taken[address]; ok {
			c.problems.Add(u.value.at("email"), "%s has the e-mail address of %s (%s) already; every user needs one of their own",
				suggest.Quote(string(u.value.Email)), suggest.Quote(first.key), first.value.at("email"))
			continue
		}
		taken[address] = u
	}
}

func (c *checker) checkUser(at yamltree.Position, user string) bool {
	_, ok := c.doc.Users.get(user)
	if !ok {
		c.problems.AddUnknown(at, "user", user, c.users)
	}
	return ok
}

func (c *checker) checkAuthor(w *workspace, t *access) {
	if t.AuthorizedBy == nil || *t.AuthorizedBy == "" {
		return // absent, nobody or no string
	}
	author := string(*t.AuthorizedBy)
	if _, ok := w.Members.get(author); !ok && c.checkUser(t.at("authorized_by"), author) {
		c.problems.Add(t.at("authorized_by"), "%s is not a member of this workspace; add them to its members", suggest.Quote(author))
	}
}

// checkToken makes sure that a token is found by its value, across all workspaces.
func (c *checker) checkToken(workspace string, t item[access]) {
	value := t.value.secret(workspace, t.key)
	at := t.at
	if t.value.has("token") {
		at = t.value.at("token")
	}
	if first, ok := c.tokens[value]; ok {
		c.problems.Add(at, "this token is taken (%s); every token needs a value of its own", first)
		return
	}
	c.tokens[value] = at
}
