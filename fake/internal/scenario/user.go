package scenario

import (
	"cmp"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// user is a login account.
type user struct {
	placed
	Email     email   `yaml:"email,required" doc:"The address of the account. No two users may have the same, regardless of case."`
	FirstName string  `yaml:"first_name" doc:"The first name. Empty by default."`
	LastName  string  `yaml:"last_name" doc:"The last name. Empty by default."`
	AvatarURL *string `yaml:"avatar_url" doc:"The address of a picture."`
}

func (c *checker) checkEmails() {
	taken := make(map[string]item[user])
	for _, u := range c.doc.Users.items {
		address := strings.ToLower(string(u.value.Email))
		if address == "" {
			continue // it is missing or malformed, which is reported
		}
		if first, ok := taken[address]; ok {
			c.problems.Add(u.value.at("email"), "%s is the e-mail address of %s (%s); every user needs their own",
				suggest.Quote(string(u.value.Email)), suggest.Quote(first.key), first.value.at("email"))
			continue
		}
		taken[address] = u
	}
}

// usersOf returns the users of a document, by their keys.
func usersOf(doc *document) map[string]*world.User {
	users := make(map[string]*world.User, len(doc.Users.items))
	for _, u := range doc.Users.items {
		users[u.key] = &world.User{
			Key: u.key, Email: string(u.value.Email),
			FirstName: u.value.FirstName, LastName: u.value.LastName, AvatarURL: u.value.AvatarURL,
		}
	}
	return users
}

// nameUsers gives every user a key: the one that it has, if that is a valid key, or a similar one.
func (d *documentExporter) nameUsers(users []*world.User) {
	taken := make(map[string]bool)
	for _, u := range users {
		key := u.Key
		if key == "" || key == systemAuthor || strings.Contains(key, "/") || taken[key] {
			local, _, _ := strings.Cut(u.Email, "@")
			key = freeKey(cleanKey(cmp.Or(key, local), "user"), taken)
		}
		taken[key] = true
		d.users[u] = key
	}
}

func (d *documentExporter) usersSection(users []*world.User) *yamltree.Mapping {
	section := &yamltree.Mapping{Block: true}
	for _, u := range users {
		if !emailForm.MatchString(u.Email) {
			d.refuse("the user %q has the e-mail address %q, which is not valid", d.users[u], u.Email)
		}
		m := new(yamltree.Mapping)
		m.PutIf(u.FirstName != "", "first_name", yamltree.Text(u.FirstName))
		m.PutIf(u.LastName != "", "last_name", yamltree.Text(u.LastName))
		m.Put("email", yamltree.Text(u.Email))
		m.PutText("avatar_url", u.AvatarURL)
		section.Put(d.users[u], m)
	}
	return section
}

// IsEmail reports whether an e-mail address is valid for a user of a scenario.
func IsEmail(address string) bool { return emailForm.MatchString(address) }
