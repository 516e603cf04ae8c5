package attio

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/google/uuid"
)

// ID is a UUID in its canonical lower-case form.
type ID string

// namespace is where the ids of seeded things live; changing it would rename them all.
var namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/fakeattio/fakeattio"))

// PathID returns the id of the thing that a scenario has at a path: "acme" is the workspace,
// "acme/members/ada" a member of it. It is a UUIDv5, so that a test can compute it too.
func PathID(path string) ID {
	var text [128]byte
	sum := sha1.Sum(append(append(text[:0], namespace[:]...), path...))
	id := uuid.UUID(sum[:16]) // what uuid.NewSHA1 does, which allocates five times
	id[6] = id[6]&0x0f | 5<<4
	id[8] = id[8]&0x3f | 0x80
	return ID(id.String())
}

// UpsertID turns a new id into that of a record or an entry which an upsert makes: a UUIDv5, as recorded in May
// 2026. What Attio derives it from is not known.
func UpsertID(id ID) ID { return ID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(id)).String()) }

// TokenLength is the number of characters of Attio's API keys.
const TokenLength = 64

// IsToken reports whether a text has the form of Attio's API keys, of which the length is known, and that they look like hex.
func IsToken(s string) bool {
	return len(s) == TokenLength && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	})
}

// DerivedToken returns the value of a scenario's token that has no value of its own: 64 hex
// characters.
func DerivedToken(workspace, name string) string {
	sum := sha256.Sum256([]byte("fakeattio token " + workspace + "/" + name))
	return hex.EncodeToString(sum[:])
}

// ParseID reads a UUID of any version in either case. Attio's ids are v4 and v5, and its validation
// takes every version.
func ParseID(s string) (ID, bool) {
	if len(s) != 36 {
		return "", false
	}
	for i := range len(s) {
		c := s[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return "", false
			}
		default:
			if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
				return "", false
			}
		}
	}
	return ID(strings.ToLower(s)), true
}
