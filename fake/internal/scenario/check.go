package scenario

import "github.com/fakeattio/fakeattio/fake/internal/yamltree"

// check checks what takes the whole document: that users who are named exist, and that what must be unique is.
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

// checkDuplicates only checks uniqueness, for the uppermost files of a scenario in which a file is missing. It ignores derived
// tokens, as a missing file may give others.
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
	takenTokens map[string]yamltree.Position // the places of tokens, by their values
}
