package scenario

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// amount is how many records to make up.
type amount int

// maxAmount keeps a typing error from filling the memory.
const maxAmount = 1_000_000

func (a *amount) decode(d *decoder, f yamltree.Field) {
	n, err := strconv.Atoi(f.Value.Text)
	if f.Value.Kind != yamltree.KindNumber || err != nil || n < 0 || n > maxAmount {
		d.problems.Add(f.Value.Position, "%s must be a whole number from 0 to %d", suggest.Quote(f.Name), maxAmount)
		return
	}
	*a = amount(n)
}

func (*amount) schema() schema { return schema{"type": "integer", "minimum": 0, "maximum": maxAmount} }

// isGeneratedKey reports whether a key is that of one of the first count made-up records.
func isGeneratedKey(key string, count int) bool {
	digits, ok := strings.CutPrefix(key, "generated-")
	n, err := strconv.Atoi(digits)
	return ok && err == nil && n >= 1 && n <= count && key == generatedKey(n)
}

// generatedKey is the key of the n-th made-up record of an object, from 1.
func generatedKey(n int) string {
	digits := strconv.Itoa(n)
	return "generated-000000"[:16-min(len(digits), 6)] + digits
}

// defaultRandom is the seed of made-up records if the scenario has none.
const defaultRandom = 1

// generator makes up records, by the rules for all records. What the n-th record of an object looks like depends only on the
// scenario's seed, on n and on the records that it refers to, so ten records are the first ten of a hundred.
type generator struct {
	*builder
	pcg     rand.PCG
	random  *rand.Rand
	sets    []*set
	authors []world.Author // possible authors of records
	chosen  []target       // the latest choice
}

// set is the made-up records of one object.
type set struct {
	object  *world.Object
	at      yamltree.Position // of the key of generate
	keys    []string
	ids     []attio.ID
	records []*world.Record // fewer than ids if the set broke off, which is reported
	columns []column
	links   []linkColumn

	hasListed bool // the file also lists records of the object
}

// generate makes up the records that the workspace asks for.
func (b *builder) generate() {
	g := &generator{builder: b}
	g.random = rand.New(&g.pcg)
	for member := range b.tx.Members() {
		if member.Access != world.Suspended {
			g.authors = append(g.authors, world.MemberAuthor(member.ID))
		}
	}
	if g.authors == nil {
		g.authors = []world.Author{world.System()}
	}
	for _, wanted := range b.workspace.Generate.items {
		if object, ok := b.object(wanted.at, wanted.key); ok {
			g.sets = append(g.sets, g.newSet(object, wanted))
		}
	}
	// People have the e-mail domains of their companies.
	slices.SortStableFunc(g.sets, func(a, b *set) int { return cmp.Compare(precedence(a.object), precedence(b.object)) })
	for _, s := range g.sets {
		s.links = g.linkColumns(s.object)
	}
	for _, s := range g.sets {
		g.addRecords(s)
	}
	for _, s := range g.sets {
		g.addLinks(s)
	}
}

func precedence(object *world.Object) int {
	switch object.Standard {
	case "companies":
		return 0
	case "people":
		return 1
	}
	return 2
}

func (g *generator) newSet(object *world.Object, wanted item[amount]) *set {
	count := int(wanted.value)
	s := &set{object: object, at: wanted.at, keys: make([]string, count), ids: make([]attio.ID, count), columns: g.columns(object, count)}
	for range g.tx.Records(object.ID) {
		s.hasListed = true
		break
	}
	for i := range s.ids {
		s.keys[i] = generatedKey(i + 1)
		s.ids[i] = g.recordID(object.Slug, s.keys[i])
	}
	return s
}

// purpose identifies what random numbers are for.
type purpose uint64

func purposeOf(object *world.Object, attribute string) purpose {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(string(object.ID) + attribute)) // never fails
	return purpose(hash.Sum64())
}

// start seeds the random numbers for one purpose of the n-th record of an object.
func (g *generator) start(p purpose, n int) {
	g.pcg.Seed(uint64(g.builder.random)^uint64(p), uint64(n)*0x9e3779b97f4a7c15)
}

// greatestAge is the greatest age of a made-up record.
const greatestAge = 3 * 365 * 24 * time.Hour

// addRecords creates the records of a set, without their references.
func (g *generator) addRecords(s *set) {
	var later []*attribute.Definition
	for _, l := range s.links {
		later = append(later, l.attribute)
	}
	writes := make([]world.Write, 0, len(s.columns))
	values := purposeOf(s.object, "")
	d := new(draft)
	for i, record := range g.tx.SeedRecords(s.object, s.ids) {
		g.start(values, i+1)
		*d = draft{generator: g, set: s, n: i + 1}
		age := time.Duration(g.random.Int64N(int64(greatestAge))).Truncate(time.Millisecond)
		g.write(g.created.Add(-age), g.authors[g.random.IntN(len(g.authors))])
		g.named(record.ID, s.keys[i], s.at)
		writes = writes[:0]
		for _, c := range s.columns {
			if g.random.Float64() >= c.share {
				continue
			}
			if value := g.unlessTaken(s, c, d); value != nil {
				writes = append(writes, world.Write{Attribute: c.attribute.Slug, Value: value})
			}
		}
		if err := g.tx.SeedRecord(s.object, record, writes, later); err != nil {
			g.refuse(s.at, err, " The values were made up by generate.")
			return
		}
		s.records = append(s.records, record)
	}
}

// unlessTaken makes up a value of a column. If the value must be unique and is taken, it gets the record's number.
func (g *generator) unlessTaken(s *set, c column, d *draft) any {
	d.suffix = ""
	value := c.make(d)
	if !c.attribute.Unique {
		return value
	}
	for _, dashes := range []string{"", "-", "--"} {
		if !g.isTaken(s, c, value) {
			break
		}
		d.suffix = dashes + strconv.Itoa(d.n)
		value = c.make(d)
	}
	return value
}

// isTaken reports whether another record has a value, and marks the value as taken.
func (g *generator) isTaken(s *set, c column, value any) bool {
	if list, ok := value.([]any); ok && len(list) > 0 {
		value = list[0]
	}
	if c.taken[value] {
		return true
	}
	c.taken[value] = true
	if !s.hasListed {
		return false
	}
	parsed, err := attribute.Parse(g.tx, c.attribute, value)
	return err == nil && len(g.tx.FindRecords(s.object.ID, c.attribute, parsed)) > 0
}

// linkColumn is a record reference to fill in.
type linkColumn struct {
	attribute *attribute.Definition
	purpose   purpose
	targets   []target
	onto      int     // how many records may point to one target on average
	share     float64 // of the records that have any
}

// target is a record that made-up ones can point to.
type target struct {
	object    *world.Object
	id        attio.ID
	reference attribute.Value // which all records that point to it share
}

func targetOf(object *world.Object, id attio.ID) target {
	return target{object, id, attribute.RecordReference{Object: object.ID, Record: id}}
}

// linkColumns lists the references of an object that are filled in from this side.
func (g *generator) linkColumns(object *world.Object) []linkColumn {
	const onto = 50 // a company has a team of this size, where there are enough people
	var links []linkColumn
	for _, d := range object.Attributes {
		if d.Type != attribute.TypeRecordReference || !g.tx.Schema.Shows(d) || !g.isLeading(object, d) {
			continue
		}
		l := linkColumn{attribute: d, purpose: purposeOf(object, d.Slug), targets: g.targets(d), onto: onto, share: 0.9}
		if d.Required {
			l.share = 1
		}
		if _, inverse, ok := g.otherSide(d); ok && !inverse.Multiselect {
			l.onto = 1
		}
		if len(l.targets) > 0 {
			links = append(links, l)
		}
	}
	return links
}

// isLeading reports whether a relationship is filled in on this side: on the one that is required, the
// one with a single value, or the one away from people and companies.
func (g *generator) isLeading(object *world.Object, d *attribute.Definition) bool {
	other, inverse, ok := g.otherSide(d)
	switch {
	case !ok:
		return true
	case d.Required != inverse.Required:
		return d.Required
	case d.Multiselect != inverse.Multiselect:
		return inverse.Multiselect
	case precedence(object) != precedence(other):
		return precedence(object) > precedence(other)
	}
	return d.ID < inverse.ID
}

func (g *generator) otherSide(d *attribute.Definition) (*world.Object, *attribute.Definition, bool) {
	if d.Relationship == nil {
		return nil, nil, false
	}
	object, ok := g.tx.Schema.ObjectByID(d.Relationship.Object)
	if !ok {
		return nil, nil, false
	}
	inverse, ok := object.Attribute(string(d.Relationship.Attribute))
	return object, inverse, ok
}

// targets lists the records that a reference can point to: of each object the made-up ones, or those
// that the file lists where there are none.
func (g *generator) targets(d *attribute.Definition) []target {
	var targets []target
	for _, object := range g.tx.Schema.Objects {
		if !object.Enabled || len(d.Objects) > 0 && !slices.Contains(d.Objects, object.ID) {
			continue
		}
		if i := slices.IndexFunc(g.sets, func(s *set) bool { return s.object.ID == object.ID }); i >= 0 {
			for _, id := range g.sets[i].ids {
				targets = append(targets, targetOf(object, id))
			}
		} else if listed, ok := g.workspace.Objects.get(object.Slug); ok {
			for _, key := range listed.Records.keys() {
				targets = append(targets, targetOf(object, g.recordID(object.Slug, key)))
			}
		}
	}
	return targets
}

// choose says which records the n-th record of an object points to, until it is asked again. The first targets are
// pointed to more often than the last.
func (g *generator) choose(l linkColumn, n int) []target {
	g.start(l.purpose, n)
	size := len(l.targets)
	switch {
	case g.random.Float64() >= l.share, n > size*l.onto && !l.attribute.Required:
		return nil
	case l.onto == 1:
		return l.targets[(n-1)%size:][:1]
	}
	count := 1
	if l.attribute.Multiselect {
		count += g.random.IntN(min(3, size))
	}
	g.chosen = g.chosen[:0]
	for range count {
		if t := l.targets[g.random.IntN(g.random.IntN(size)+1)]; !slices.Contains(g.chosen, t) {
			g.chosen = append(g.chosen, t)
		}
	}
	return g.chosen
}

// addLinks writes the references of a set.
func (g *generator) addLinks(s *set) {
	for i, record := range s.records {
		author := world.Author{Actor: record.CreatedBy(), Member: record.CreatedBy().ID}
		for _, l := range s.links {
			if err := g.addLink(s.object, record, author, l, g.choose(l, i+1)); err != nil {
				g.refuse(s.at, err, " This came of made-up references.")
				return
			}
		}
		if missing := g.tx.Missing(s.object, record); len(missing) > 0 {
			g.refuse(s.at, attio.MissingValue(missing[0].ID), " It is the attribute "+suggest.Quote(missing[0].Slug)+", for which nothing can be made up: there is nothing to choose from.")
			return
		}
	}
}

func (g *generator) addLink(object *world.Object, record *world.Record, author world.Author, l linkColumn, chosen []target) error {
	if len(chosen) == 0 {
		return nil
	}
	now := record.CreatedAt()
	list := make([]any, len(chosen))
	for i, t := range chosen {
		to, ok := g.tx.Record(t.object.ID, t.id)
		if !ok {
			list[i] = referenceTo(t.object.Slug, t.id) // which is refused
			continue
		}
		list[i] = t.reference
		if to.CreatedAt().After(now) {
			now = to.CreatedAt()
		}
	}
	g.write(now, author)
	return g.tx.SeedValues(object, record, world.Write{Attribute: string(l.attribute.ID), Value: list})
}
