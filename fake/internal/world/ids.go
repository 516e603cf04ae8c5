package world

import (
	crand "crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"sync"

	"github.com/google/uuid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// IDs makes the ids of what is created at run time. With a seed they repeat.
type IDs struct {
	seeded bool
	mu     sync.Mutex
	rng    *rand.ChaCha8
}

// NewIDs makes a source that repeats for a seed, or an unpredictable one if seed is nil. Sources with the same seed and
// different streams differ.
func NewIDs(seed *int64, stream string) *IDs {
	var key [32]byte
	if seed == nil {
		_, _ = crand.Read(key[:]) // never fails
	} else {
		binary.LittleEndian.PutUint64(key[:], uint64(*seed))
		copy(key[8:], stream)
	}
	return &IDs{seeded: seed != nil, rng: rand.NewChaCha8(key)}
}

// New returns a UUIDv4.
func (s *IDs) New() attio.ID {
	var id uuid.UUID
	if s.seeded {
		s.mu.Lock()
		_, _ = s.rng.Read(id[:]) // never fails
		s.mu.Unlock()
	} else { // each thread has a source of its own, so busy workspaces do not wait for each other
		binary.NativeEndian.PutUint64(id[:8], rand.Uint64())
		binary.NativeEndian.PutUint64(id[8:], rand.Uint64())
	}
	id[6] = id[6]&0x0f | 0x40 // version 4
	id[8] = id[8]&0x3f | 0x80 // of RFC 4122
	return attio.ID(id.String())
}

// shuffle returns a random order of n things.
func (s *IDs) shuffle(n int, swap func(i, j int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rand.New(s.rng).Shuffle(n, swap)
}

// Secret returns a signing secret for a webhook: 64 hex characters.
func (s *IDs) Secret() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var key [32]byte
	_, _ = s.rng.Read(key[:]) // never fails
	return hex.EncodeToString(key[:])
}
