package shadow

import (
	"net/http"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// maxParted bounds how many ids are remembered. Beyond it the oldest are forgotten; requests for them are not comparable then.
const maxParted = 10_000

// parted knows where the two servers have parted: what the fake has made or changed, and the other server has not, or under
// another id. The zero value knows of nothing.
type parted struct {
	mu     sync.Mutex
	things map[string]*thing // by the fake's id
	others map[string]string // the fake's ids by those of the other server
	order  []string          // of things, oldest first
}

// thing is something that the fake has made or changed.
type thing struct {
	other string // its id at the other server; "" if there is none
	made  bool   // by the fake, else it is only changed
}

var ids = lazy.New(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

// by remembers what a request did to the fake alone.
func (p *parted) by(r *Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, change := range r.Changes {
		p.add(change)
	}
}

func (p *parted) add(change Change) *thing {
	id := string(change.ID)
	if known := p.things[id]; known != nil {
		return known
	}
	if p.things == nil {
		p.things, p.others = make(map[string]*thing), make(map[string]string)
	}
	added := &thing{made: change.New}
	p.things[id] = added
	p.order = append(p.order, id)
	if len(p.order) > maxParted {
		delete(p.others, p.things[p.order[0]].other)
		delete(p.things, p.order[0])
		p.order = p.order[1:]
	}
	return added
}

// bind remembers the ids that the other server gave to what a write has made: those that stand in its answer where the answer
// of the fake has its own.
func (p *parted) bind(r *Request, other compare.Answer) {
	if other.Status >= http.StatusMultipleChoices {
		p.by(r)
		return
	}
	own, err := compare.Parse(r.Answer.Body)
	if err != nil {
		own = new(compare.Node) // an answer without a body
	}
	theirs, err := compare.Parse(other.Body)
	if err != nil {
		theirs = new(compare.Node)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, change := range r.Changes {
		if !change.New {
			continue
		}
		made := p.add(change)
		if id := beside(own, theirs, string(change.ID)); id != "" {
			made.other = id
			p.others[id] = string(change.ID)
		}
	}
}

// beside returns the id that stands in one value where the other has a certain id, "" if there is none.
func beside(own, other *compare.Node, id string) string {
	if own.Kind == compare.String && other.Kind == compare.String && own.Text == id {
		if _, ok := attio.ParseID(other.Text); ok {
			return other.Text
		}
	}
	for i, item := range own.Items {
		var counterpart *compare.Node
		switch {
		case own.Kind == compare.Object:
			counterpart = other.Field(own.Keys[i])
		case i < len(other.Items):
			counterpart = other.Items[i]
		}
		if counterpart == nil {
			continue
		}
		if found := beside(item, counterpart, id); found != "" {
			return found
		}
	}
	return ""
}

// translate returns a request with the ids of the other server. It reports whether all that the request names can be there.
func (p *parted) translate(r *Request) (*Request, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.things) == 0 {
		return r, true
	}
	known := true
	replace := func(id string) string {
		named := p.things[id]
		switch {
		case named == nil || !named.made:
			return id
		case named.other == "":
			known = false
			return id
		}
		return named.other
	}
	asked := *r
	asked.Target = ids.Get().ReplaceAllStringFunc(r.Target, replace)
	if r.Body != nil {
		asked.Body = []byte(ids.Get().ReplaceAllStringFunc(string(r.Body), replace))
	}
	return &asked, known
}

// back returns a body of the other server with the fake's ids.
func (p *parted) back(body []byte) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.others) == 0 {
		return body
	}
	return ids.Get().ReplaceAllFunc(body, func(id []byte) []byte {
		if own, ok := p.others[string(id)]; ok {
			return []byte(own)
		}
		return id
	})
}

// touched reports whether a request or its answer names something of which the other server has another version.
func (p *parted) touched(r *Request) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.things) == 0 {
		return false
	}
	for _, text := range []string{r.Target, string(r.Body), string(r.Answer.Body)} {
		for _, id := range ids.Get().FindAllString(text, -1) {
			if named := p.things[id]; named != nil && named.other == "" {
				return true
			}
		}
	}
	return false
}

func (p *parted) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.things, p.others, p.order = nil, nil, nil
}
