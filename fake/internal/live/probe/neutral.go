package probe

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// neutral re-makes answers without anything of a workspace's own. Ids that a probe has kept get ids that derive from their names,
// so they are the same on both sides; other ids are numbered in each answer. Of answers about things that the probe did not make,
// and of what the fake does not know, only the texts that the fake says too are kept.
type neutral struct {
	ids     map[string]string // the neutral id of each id that was kept
	private []string          // longest first
	allowed allowed
	others  bool
	seen    map[string]string // the neutral ids in this answer
}

var (
	idForm    = lazy.New(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)
	stampForm = lazy.New(`20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)`)
	mailForm  = lazy.New(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+`)
	appForm   = lazy.New(`https://app\.attio\.com/[^/"\s]+`)
	tokenForm = lazy.New(`\b[0-9a-f]{64}\b`)
)

// newNeutral returns what re-makes the answers to a call on one side.
func newNeutral(s *side, c *Call, private []string, allowed allowed) *neutral {
	n := &neutral{ids: map[string]string{}, private: private, allowed: allowed, others: c.others, seen: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(s.kept)) { // two names may be of one thing: the first counts
		id := strings.ToLower(s.kept[name])
		if _, ok := attio.ParseID(id); ok && n.ids[id] == "" {
			n.ids[id] = derivedID(name)
		}
	}
	return n
}

// derivedID returns an id that derives from a text.
func derivedID(text string) string {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte("fakeattio probe "+text)).String()
}

// reply re-makes an answer. Of a body that is not JSON only the length is kept.
func (n *neutral) reply(r Reply) Reply {
	header := http.Header{}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			if strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://") {
				value = "https://example.com/" // a signed link
			}
			header.Add(name, n.text(value))
		}
	}
	if len(r.Body) == 0 {
		return Reply{r.Status, header, r.Body}
	}
	body, err := compare.Parse(r.Body)
	if err != nil {
		return Reply{r.Status, header, []byte("(" + strconv.Itoa(len(r.Body)) + " bytes that are no JSON)")}
	}
	return Reply{r.Status, header, n.write(nil, body, n.others && r.Status < http.StatusBadRequest)}
}

// write writes a value as JSON. It may be foreign: of somebody else, or of a key that the fake does not know.
func (n *neutral) write(to []byte, v *compare.Node, foreign bool) []byte {
	switch v.Kind {
	case compare.Object:
		to = append(to, '{')
		for i, k := range v.Keys {
			if i > 0 {
				to = append(to, ',')
			}
			to = append(appendString(to, idForm.Get().ReplaceAllStringFunc(k, n.id)), ':')
			to = n.write(to, v.Items[i], foreign || !n.allowed.keys[k])
		}
		return append(to, '}')
	case compare.Array:
		to = append(to, '[')
		for i, item := range v.Items {
			if i > 0 {
				to = append(to, ',')
			}
			to = n.write(to, item, foreign)
		}
		return append(to, ']')
	case compare.String:
		if foreign {
			return appendString(to, n.foreign(v.Text))
		}
		return appendString(to, n.text(v.Text))
	case compare.Number:
		if foreign {
			return append(to, '1')
		}
		return append(to, v.Text...)
	case compare.Bool:
		return append(to, v.Text...)
	}
	return append(to, "null"...)
}

func appendString(to []byte, text string) []byte {
	quoted, _ := json.Marshal(text) // a string is always JSON
	return append(to, quoted...)
}

// text removes what is private from a text of the probe's own, or of an error.
func (n *neutral) text(text string) string {
	text = tokenForm.Get().ReplaceAllString(text, strings.Repeat("0", 64))
	text = idForm.Get().ReplaceAllStringFunc(text, n.id)
	text = stampForm.Get().ReplaceAllStringFunc(text, stamp)
	text = appForm.Get().ReplaceAllString(text, "https://app.attio.com/workspace")
	text = mailForm.Get().ReplaceAllStringFunc(text, mail)
	for _, word := range n.private {
		if text == word || len(word) >= 5 && strings.Contains(text, word) && !n.allowed.texts[text] {
			text = strings.ReplaceAll(text, word, "private")
		}
	}
	return text
}

// foreign re-makes a text of somebody else: of its form, and with nothing of its content.
func (n *neutral) foreign(text string) string {
	switch plain := n.text(text); {
	case stampForm.Get().FindString(text) == text:
		return stamp("2026" + text[len("2026"):])
	case n.allowed.texts[text]:
		return plain
	case text == "":
		return ""
	case idForm.Get().FindString(text) == text:
		return plain
	case mailForm.Get().FindString(text) == text:
		return "person@example.com"
	case strings.HasPrefix(text, "https://"), strings.HasPrefix(text, "http://"):
		return "https://example.com/"
	}
	return "text"
}

func (n *neutral) id(id string) string {
	id = strings.ToLower(id)
	if known, ok := n.ids[id]; ok {
		return known
	}
	if id == nobody {
		return id
	}
	if n.seen[id] == "" {
		n.seen[id] = derivedID(strconv.Itoa(len(n.seen) + 1))
	}
	return n.seen[id]
}

// stamp re-makes a time, and leaves those that a probe writes: all are of 2020.
func stamp(text string) string {
	if strings.HasPrefix(text, "2020-") {
		return text
	}
	const neutral = "2026-01-01T00:00:00"
	return neutral + digits.Get().ReplaceAllString(text[len(neutral):], "0")
}

var digits = lazy.New(`\d`)

// mail re-makes an address that no probe has written.
func mail(address string) string {
	if strings.HasSuffix(strings.ToLower(address), ".example.com") || strings.HasSuffix(address, "@example.com") {
		if strings.HasSuffix(address, "@probe.example.com") { // a member of the fake
			return "person@example.com"
		}
		return address
	}
	return "person@example.com"
}

// allowed is what may be shown of an answer as it is: the texts and keys that the fake has too, or the call.
type allowed struct{ texts, keys map[string]bool }

// errorKeys are those of Attio's errors.
var errorKeys = []string{"status_code", "type", "code", "message", "path", "validation_errors", "expected", "received", "options", "string_validation"}

// vocabulary returns what is known from an answer of the fake and a call.
func vocabulary(fake Reply, call string) allowed {
	k := allowed{map[string]bool{}, map[string]bool{}}
	for _, key := range errorKeys {
		k.keys[key] = true
	}
	for _, word := range strings.FieldsFunc(call, func(r rune) bool { return strings.ContainsRune(`"/?=&:,{}[] `, r) }) {
		k.texts[word] = true
	}
	if body, err := compare.Parse(fake.Body); err == nil {
		k.collect(body)
	}
	return k
}

func (k allowed) collect(v *compare.Node) {
	if v.Kind == compare.String {
		k.texts[v.Text] = true
	}
	for _, key := range v.Keys {
		k.keys[key] = true
	}
	for _, item := range v.Items {
		k.collect(item)
	}
}
