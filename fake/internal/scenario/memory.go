package scenario

import (
	"crypto/sha256"
	"slices"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// sum is the hash of a file, or of several files in order.
type sum [sha256.Size]byte

// memory keeps seeds, which never change, by the content that they were made from: in a test binary many servers start from
// one scenario, and loading it takes longer than everything else.
type memory struct {
	mu      sync.Mutex
	extends map[sum][]extension // what a file without problems extends
	seeds   map[sum]remembrance
	order   []sum // of the seeds, the one that was used last at the end
	weight  int   // of all seeds
}

// remembrance is a seed with its weight, which is about how many bytes it takes.
type remembrance struct {
	seed   *world.Seed
	weight int
}

// maxWeight is how many bytes are remembered at a time. A larger scenario is loaded each time.
const maxWeight = 32 << 20

// What a seed weighs, rather too much than too little: a byte of its files, a record that is made up, and what it takes in
// any case.
const (
	bytesOfText   = 12
	bytesOfRecord = 2500
	bytesOfSeed   = 100_000
)

// largestRemembered is the size of the largest file whose seed is remembered.
const largestRemembered = (maxWeight - bytesOfSeed) / bytesOfText

var remembered memory

// recall returns the seed of sources that were loaded before and have not changed. It reads all files again, but parses none.
func (m *memory) recall(sources []Source) (*world.Seed, bool) {
	r := recaller{memory: m, state: make(map[string]loading)}
	for _, s := range sources {
		if !r.walk(s) {
			return nil, false
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	whole := sumOf(r.sums)
	known, ok := m.seeds[whole]
	if ok {
		i := slices.Index(m.order, whole)
		m.order = append(slices.Delete(m.order, i, i+1), whole)
	}
	return known.seed, ok
}

// recaller visits the files as the loader does.
type recaller struct {
	memory *memory
	state  map[string]loading
	sums   []sum
}

func (r *recaller) walk(s Source) bool {
	if s.id != "" && r.state[s.id] != notLoaded {
		return r.state[s.id] == loaded
	}
	var content string
	if s.builtIn == "" {
		var err error
		if content, err = s.read(largestRemembered); err != nil || len(content) > largestRemembered {
			return false
		}
	}
	own := s.sum(content)
	r.memory.mu.Lock()
	extends, known := r.memory.extends[own]
	r.memory.mu.Unlock()
	if !known {
		return false
	}
	r.state[s.id] = inProgress
	for _, e := range extends {
		if below, err := s.extend(e); err != nil || !r.walk(below) {
			return false
		}
	}
	r.state[s.id] = loaded
	r.sums = append(r.sums, own)
	return true
}

// remember keeps the seed of files, which are in the order of loading, and forgets those that were not used for longest.
func (m *memory) remember(files []taken, seed *world.Seed, weight int) {
	if weight += bytesOfSeed; weight > maxWeight {
		return
	}
	sums := make([]sum, len(files))
	for i, f := range files {
		sums[i] = f.source.sum(f.content)
	}
	whole := sumOf(sums)
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.seeds[whole]; known {
		return // another goroutine was faster
	}
	if m.seeds == nil || len(m.extends) > maxFiles {
		m.seeds, m.extends, m.order, m.weight = make(map[sum]remembrance), make(map[sum][]extension), nil, 0
	}
	for i, f := range files {
		m.extends[sums[i]] = slices.Clone(f.extends)
	}
	m.seeds[whole] = remembrance{seed, weight}
	m.order = append(m.order, whole)
	for m.weight += weight; m.weight > maxWeight; m.order = m.order[1:] {
		m.weight -= m.seeds[m.order[0]].weight
		delete(m.seeds, m.order[0])
	}
}

func sumOf(sums []sum) sum {
	hash := sha256.New()
	for _, s := range sums {
		_, _ = hash.Write(s[:]) // never fails
	}
	return sum(hash.Sum(nil))
}
