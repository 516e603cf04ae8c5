package pull

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// eachActor calls a function with everybody who wrote something, or is named in a value.
func (w *workspace) eachActor(visit func(actor)) {
	for _, k := range w.kinds() {
		if k.isList() {
			visit(k.CreatedBy)
		}
		for _, r := range k.records {
			visit(r.createdBy())
			for _, a := range k.attributes {
				for _, v := range r.values()[a.Slug] {
					visit(v.By)
					visit(v.Owner)
					visit(actor{v.ActorType, v.ActorID})
				}
			}
		}
	}
	for _, n := range w.notes {
		visit(n.CreatedBy)
		for _, tag := range n.Tags {
			if tag.Member != "" {
				visit(actor{memberActor, &tag.Member})
			}
		}
	}
	for _, t := range w.tasks {
		visit(t.CreatedBy)
		for _, assignee := range t.Assignees {
			visit(actor{memberActor, &assignee.ID})
		}
	}
	for _, t := range w.threads {
		for _, c := range t.Comments {
			visit(c.Author)
			if c.ResolvedBy != nil {
				visit(*c.ResolvedBy)
			}
		}
	}
}

const (
	memberActor = "workspace-member"
	tokenActor  = "api-token"
	appActor    = "app"
)

// nameActors gives members, tokens and apps their keys. The API names tokens and apps only where they wrote something, and of members
// who were deleted just the ids: they come back as suspended ones.
func (o *outline) nameActors() {
	known := make(map[string]bool)
	for _, m := range o.workspace.members {
		known[m.ID.Member] = true
	}
	var members, tokens, apps []*named
	seen := make(map[string]bool)
	o.eachActor(func(a actor) {
		if a.ID == nil || seen[*a.ID] {
			return
		}
		id := *a.ID
		seen[id] = true
		switch {
		case a.Type == memberActor && !known[id]:
			o.workspace.members = append(o.workspace.members, &member{ID: ids{Member: id}, FirstName: "Former", LastName: "member", Access: "suspended", CreatedAt: o.since()})
		case a.Type == tokenActor:
			tokens = append(tokens, &named{id: id, base: "token"})
		case a.Type == appActor:
			apps = append(apps, &named{id: id, base: "app"})
		}
	})
	for _, m := range o.workspace.members {
		local, _, _ := strings.Cut(m.Email, "@")
		base := keyOf(cmp.Or(m.FirstName, local), "member")
		if base == "system" {
			base = "member"
		}
		members = append(members, &named{id: m.ID.Member, created: m.CreatedAt, base: base})
	}
	o.members = keysOfActors(members, o.Slug+"/members/")
	o.tokens = keysOfActors(tokens, o.Slug+"/tokens/")
	o.apps = keysOfActors(apps, "apps/")
	order := make(map[string]int)
	for i, t := range members {
		order[t.id] = i
	}
	slices.SortFunc(o.workspace.members, func(a, b *member) int { return cmp.Compare(order[a.ID.Member], order[b.ID.Member]) })
	for i, m := range o.workspace.members {
		if m.Email == "" { // every user needs one
			m.Email = "member-" + strconv.Itoa(i+1) + "@example.com"
		}
	}
}

// keysOfActors gives actors their keys, and returns them by ids.
func keysOfActors(things []*named, path string) map[string]string {
	giveKeys(things, path)
	keys := make(map[string]string, len(things))
	for _, t := range things {
		keys[t.id] = t.key
	}
	return keys
}

// author writes who did something.
func (o *outline) author(by actor) any {
	id := ""
	if by.ID != nil {
		id = *by.ID
	}
	if key, ok := o.members[id]; ok {
		return yamltree.Text(key)
	}
	if key, ok := o.tokens[id]; ok {
		return yamltree.MappingOf("token", yamltree.Text(key))
	}
	if key, ok := o.apps[id]; ok {
		return yamltree.MappingOf("app", yamltree.Text(key))
	}
	return yamltree.Text("system")
}

func (o *outline) usersSection() *yamltree.Mapping {
	section := new(yamltree.Mapping)
	for _, m := range o.workspace.members {
		user := new(yamltree.Mapping)
		user.PutIf(m.FirstName != "", "first_name", yamltree.Text(m.FirstName))
		user.PutIf(m.LastName != "", "last_name", yamltree.Text(m.LastName))
		user.Put("email", yamltree.Text(m.Email))
		user.PutText("avatar_url", m.Avatar)
		section.Put(o.members[m.ID.Member], user)
	}
	return section
}

func (o *outline) membersSection() *yamltree.Mapping {
	section := new(yamltree.Mapping)
	for _, m := range o.workspace.members {
		written := yamltree.MappingOf("access_level", yamltree.Text(m.Access), "created_at", yamltree.Text(m.CreatedAt))
		o.putID(written, m.ID.Member)
		section.Put(o.members[m.ID.Member], written)
	}
	return section
}

// tokensSection writes a token for clients of the fake, as nobody can read the real ones, and those that wrote something.
func (o *outline) tokensSection() *yamltree.Mapping {
	section := yamltree.MappingOf("full", yamltree.MappingOf("scopes", yamltree.Text("all")))
	for _, id := range sortedByKey(o.tokens) {
		token := yamltree.MappingOf("scopes", yamltree.Sequence{})
		o.putID(token, id)
		section.Put(o.tokens[id], token)
	}
	return section
}

func (o *outline) appsSection() *yamltree.Mapping {
	section := new(yamltree.Mapping)
	for _, id := range sortedByKey(o.apps) {
		app := yamltree.MappingOf("redirect_uris", yamltree.Sequence{yamltree.Text("https://app.example.com/callback")}, "scopes", yamltree.Sequence{})
		app.PutIf(o.asIs, "client_id", yamltree.Text(id))
		section.Put(o.apps[id], app)
	}
	return section
}

// sortedByKey lists ids in the order of keys such as token, token-2, token-10.
func sortedByKey(keys map[string]string) []string {
	var all []string
	for id := range keys {
		all = append(all, id)
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(keys[a]), len(keys[b])), strings.Compare(keys[a], keys[b]))
	})
	return all
}

func compareAll(pairs ...string) int {
	for i := 0; i+1 < len(pairs); i += 2 {
		if c := strings.Compare(pairs[i], pairs[i+1]); c != 0 {
			return c
		}
	}
	return 0
}

func fold(s string) string { return strings.ToLower(s) }

func isStandardNoun(k *kind) bool {
	return slices.ContainsFunc(standard.Objects(), func(o standard.Object) bool {
		return fold(o.Singular) == fold(k.Singular) || fold(o.Plural) == fold(k.Plural)
	})
}
