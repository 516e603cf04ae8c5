package subscription

import (
	"errors"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// inboxScheme begins the targets that are inboxes of the fake: receivers that need no server.
const inboxScheme = "inbox://"

var (
	inboxName = lazy.New(`^[a-z0-9][a-z0-9._-]{0,99}$`)
	errInbox  = errors.New("an inbox is written inbox://name, with a name of up to 100 lower-case letters, digits, hyphens, dots and underscores")
)

// Inbox returns the name of the inbox that a target URL leads to, if it is one.
func Inbox(target string) (name string, ok bool) {
	name, ok = strings.CutPrefix(target, inboxScheme)
	return name, ok && inboxName.MatchString(name)
}

// CheckInbox returns what is wrong with the name of an inbox.
func CheckInbox(name string) error {
	if !inboxName.MatchString(name) {
		return errInbox
	}
	return nil
}
