// Package zone finds time zones, on machines without a database of time zones too, such as a container with nothing in
// it. It replaces time/tzdata, which holds the database without compression: 410 kB instead of 57.
package zone

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// database is Go's own database, compressed: for each file its length in two bytes, the file, and the zones that it
// describes in lines which end at a zero byte. TestDatabase generates it.
//
//go:embed zones.gz
var database string

// Load returns a time zone by its IANA name, as time.LoadLocation does with time/tzdata.
func Load(name string) (*time.Location, error) {
	location, err := time.LoadLocation(name)
	if err == nil {
		return location, nil
	}
	return embedded(name)
}

func embedded(name string) (*time.Location, error) {
	file, ok := files.Get()[name]
	if !ok {
		return nil, fmt.Errorf("unknown time zone %s", name)
	}
	return time.LoadLocationFromTZData(name, file)
}

// files returns the file of each zone.
var files = lazy.Of[map[string][]byte]{Make: func() map[string][]byte {
	unpacker, err := gzip.NewReader(strings.NewReader(database))
	if err != nil {
		panic(err)
	}
	unpacked, err := io.ReadAll(unpacker)
	if err != nil {
		panic(err)
	}
	found := map[string][]byte{}
	for len(unpacked) > 0 {
		file := unpacked[2:][:binary.LittleEndian.Uint16(unpacked)]
		names, rest, _ := bytes.Cut(unpacked[2+len(file):], []byte{0})
		for name := range strings.Lines(string(names)) {
			found[strings.TrimSuffix(name, "\n")] = file
		}
		unpacked = rest
	}
	return found
}}
