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
	seeds   map[sum]*world.Seed
	queue   []remembrance // the seeds, oldest first
	weight  int           // of all seeds
}

// remembrance is a seed's place in the queue for being forgotten.
type remembrance struct {
	of     sum
	weight int
}

// maxWeight is how many records are remembered at a time, about 250 MB, unless a single scenario has more. A seed weighs
// seedWeight in addition to its records.
const (
	maxWeight  = 150_000
	seedWeight = 500
)

var remembered memory

// recall returns the seed of sources that were loaded before and have not changed, and their files on disk. It reads all
// files again, but parses none.
func (m *memory) recall(sources []Source) (seed *world.Seed, disk []string, ok bool) {
	r := recaller{memory: m, state: make(map[string]loading)}
	for _, s := range sources {
		if !r.walk(s) {
			return nil, nil, false
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	seed, ok = m.seeds[sumOf(r.sums)]
	return seed, r.disk, ok
}

// recaller visits the files as the loader does.
type recaller struct {
	memory *memory
	state  map[string]loading
	sums   []sum
	disk   []string
}

func (r *recaller) walk(s Source) bool {
	if s.id != "" && r.state[s.id] != notLoaded {
		return r.state[s.id] == loaded
	}
	content, err := s.read()
	if err != nil {
		return false
	}
	own := sha256.Sum256(content)
	r.memory.mu.Lock()
	extends, known := r.memory.extends[own]
	r.memory.mu.Unlock()
	if !known {
		return false
	}
	if s.disk != "" {
		r.disk = append(r.disk, s.disk)
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

// remember keeps the seed of files, which are in the order of loading, and forgets the oldest seeds.
func (m *memory) remember(files []taken, seed *world.Seed, records int) {
	sums := make([]sum, len(files))
	for i, f := range files {
		sums[i] = f.sum
	}
	whole := sumOf(sums)
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.seeds[whole]; known {
		return // another goroutine was faster
	}
	if m.seeds == nil || len(m.extends) > maxFiles {
		m.seeds, m.extends, m.queue, m.weight = make(map[sum]*world.Seed), make(map[sum][]extension), nil, 0
	}
	for _, f := range files {
		m.extends[f.sum] = slices.Clone(f.extends)
	}
	m.seeds[whole] = seed
	m.queue = append(m.queue, remembrance{whole, seedWeight + records})
	m.weight += seedWeight + records
	for m.weight > maxWeight && len(m.queue) > 1 {
		delete(m.seeds, m.queue[0].of)
		m.weight -= m.queue[0].weight
		m.queue = m.queue[1:]
	}
}

func sumOf(sums []sum) sum {
	hash := sha256.New()
	for _, s := range sums {
		_, _ = hash.Write(s[:]) // never fails
	}
	return sum(hash.Sum(nil))
}
