package scenario

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// maxFiles bounds how many files one scenario consists of.
const maxFiles = 1000

// Error lists everything that is wrong with a scenario.
type Error = yamltree.Error

// Problem is one thing wrong with a scenario.
type Problem = yamltree.Problem

// Load reads scenarios, each with what it extends, lays later ones on top of earlier ones and makes
// the seed of a world. If anything is wrong, the error is an *Error with all problems.
func Load(sources ...Source) (*world.Seed, error) {
	if seed, ok := remembered.recall(sources); ok {
		return seed, nil
	}
	l := newLoader(sources...)
	seed, err := l.seed()
	if err == nil {
		remembered.remember(l.files, seed, l.weight)
	}
	return seed, err
}

// LoadOnce is Load for a text that will not be loaded again, so that it does not take the place of others in memory.
func LoadOnce(text string) (*world.Seed, error) { return newLoader(Text("scenario", text)).seed() }

// Files lists the files on disk that Load would read or try to, whether they have problems or not.
func Files(sources ...Source) []string { return newLoader(sources...).disk }

// loading is how far the loading of a file has got.
type loading int

const (
	notLoaded loading = iota
	inProgress
	loaded
)

// taken is a file that was loaded.
type taken struct {
	source  Source
	content string
	root    *yamltree.Node
	extends []extension
}

// newLoader loads files.
func newLoader(sources ...Source) *loader {
	l := &loader{problems: new(yamltree.Problems), state: make(map[string]loading)}
	for _, s := range sources {
		l.load(s, yamltree.Position{})
	}
	return l
}

// loader loads files with those that they extend.
type loader struct {
	problems *yamltree.Problems
	state    map[string]loading // by the id of the source
	path     []Source           // the files that are being loaded, each extending the next
	opened   int
	files    []taken  // in the order in which they are laid on top of each other
	weight   int      // about how many bytes the seed takes
	disk     []string // the files on disk
	gap      bool     // a file is missing, so keys that may be in it must not be reported as missing
	beyond   int      // how many of the files the missing one would override
}

// load loads a source after those that it extends. A file counts once, where it is first needed. The position is that of the
// entry of extends, if there is one.
func (l *loader) load(s Source, from yamltree.Position) {
	switch {
	case s.id != "" && l.state[s.id] == loaded:
		return
	case s.id != "" && l.state[s.id] == inProgress:
		l.problems.Add(from, "%s extends itself: %s", s.label, l.circle(s))
		return
	}
	l.opened++
	f := &yamltree.File{Name: s.label, Order: l.opened}
	if from.File == nil {
		from = yamltree.Position{File: f}
	}
	if l.opened > maxFiles {
		l.problems.Add(from, "the scenario consists of more than %d files", maxFiles)
		l.miss()
		return
	}
	if s.disk != "" {
		l.disk = append(l.disk, s.disk)
	}
	content, err := s.read(yamltree.MaxSize)
	if err != nil {
		l.miss()
		if from.File == f {
			l.problems.Add(from, "%v", err)
		} else {
			l.problems.Add(from, "%s: %v", s.label, err)
		}
		return
	}
	root := yamltree.Parse(f, content, l.problems)
	if root == nil {
		l.miss()
		return
	}
	doc := decodeExtends(root, l.problems)
	l.state[s.id] = inProgress
	l.path = append(l.path, s)
	l.extend(s, doc)
	l.path = l.path[:len(l.path)-1]
	l.state[s.id] = loaded
	l.files = append(l.files, taken{s, content, root, doc.Extends})
	l.weight += len(content) * bytesOfText
}

// miss notes that the file which would come next is missing.
func (l *loader) miss() { l.gap, l.beyond = true, len(l.files) }

// extend loads the files that a file extends.
func (l *loader) extend(s Source, doc *document) {
	for i, e := range doc.Extends {
		if e == "" {
			continue // it is not a string, which is reported
		}
		at := doc.items("extends")[i].Position
		below, err := s.extend(e)
		if err != nil {
			l.problems.Add(at, "%v", err)
			l.miss()
			continue
		}
		l.load(below, at)
	}
}

// circle writes the path from a source back to itself.
func (l *loader) circle(s Source) string {
	start := slices.IndexFunc(l.path, func(p Source) bool { return p.id == s.id })
	var labels []string
	for _, p := range l.path[start:] {
		labels = append(labels, p.label)
	}
	return strings.Join(append(labels, s.label), " → ")
}

// seed makes the seed from the files that were loaded.
func (l *loader) seed() (*world.Seed, error) {
	files := l.files[l.beyond:]
	if l.gap || len(l.files) > 1 { // what a file says may be overridden, and has to be right even so
		for _, f := range l.files {
			decodeDocument(f.root, true, l.problems)
		}
	}
	switch {
	case l.gap && len(files) > 0: // these override everything that is missing, so they can be checked without it
		checkDuplicates(decodeDocument(merged(files), true, l.problems), l.problems)
		return nil, l.problems.Err()
	case l.gap:
		return nil, l.problems.Err()
	case len(files) == 0:
		return new(world.Seed), nil
	}
	doc := decodeDocument(merged(files), false, l.problems)
	check(doc, l.problems)
	l.weight += doc.generated() * bytesOfRecord
	return build(doc, l.problems)
}

// merged lays files on top of each other.
func merged(files []taken) *yamltree.Node {
	root := files[0].root
	for _, f := range files[1:] {
		root = yamltree.Merge(root, f.root)
	}
	return root
}
