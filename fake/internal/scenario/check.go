package scenario

import "github.com/fakeattio/fakeattio/fake/internal/yamltree"

// check looks at what no key shows by itself: whether the users exist that others name, and whether
// what must differ differs.
func check(doc *document, ps *yamltree.Problems) {
	c := checker{doc: doc, problems: ps, users: doc.Users.keys(), takenTokens: make(map[string]yamltree.Position)}
	c.checkEmails()
	for i := range doc.Workspaces.items {
		for _, s := range sections {
			if s.check != nil {
				s.check(&c, &doc.Workspaces.items[i])
			}
		}
	}
}

// checkDuplicates looks only for what must differ and does not, in files on top of which there is nothing.
// What derives from names is left out: a file below may say something else.
func checkDuplicates(doc *document, ps *yamltree.Problems) {
	c := checker{doc: doc, problems: ps, takenTokens: make(map[string]yamltree.Position)}
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
	doc         *document
	problems    *yamltree.Problems
	users       []string
	takenTokens map[string]yamltree.Position // where the token with a value is
}
