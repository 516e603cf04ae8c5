package main

import "cmp"

// promise is a figure that is kept below or above a target.
type promise struct {
	what            string
	pkg, benchmark  string // the folder, and the name without "Benchmark", with that of the sub-benchmark
	unit            string
	per             string  // the benchmark by whose value it is divided, if there is one
	shown           string  // the unit as a reader knows it, if that is another
	scale           float64 // what the measured value is divided by, 1 if it is 0
	atMost, atLeast float64 // the target
}

func (p promise) named() string { return cmp.Or(p.shown, p.unit) }

func (p promise) target() string {
	switch {
	case p.atLeast > 0:
		return "≥ " + number(p.atLeast)
	case p.atMost > 0:
		return "≤ " + number(p.atMost)
	}
	return "–"
}

// isMissed reports whether a value misses the target.
func (p promise) isMissed(value float64) bool {
	return p.atMost > 0 && value > p.atMost || p.atLeast > 0 && value < p.atLeast
}

// curve is a figure that is measured at each of the sizes; the sub-benchmarks have their names.
type curve struct {
	what           string
	pkg, benchmark string
	after          string // follows the size in the name of the sub-benchmark
	unit           string
}

// sizes are the numbers of records of the curves.
var sizes = []int{1_000, 10_000, 100_000, 500_000}

const (
	fakes     = "fake"
	api       = "fake/internal/api"
	filters   = "fake/internal/filter"
	searches  = "fake/internal/search"
	scenarios = "fake/internal/scenario"
	worlds    = "fake/internal/world"
	ofBare    = "of the rate of a bare net/http handler"
)

// promises are the rows of the first table.
var promises = []promise{
	{what: "GET of a record, 16 connections", pkg: fakes, benchmark: "GetRecord", unit: "of-bare", shown: ofBare, atLeast: 0.85},
	{what: "POST of a record, 16 connections", pkg: fakes, benchmark: "CreateRecord", unit: "of-bare", shown: ofBare, atLeast: 0.55},
	{what: "100 busy clones, two cores against one", pkg: fakes, benchmark: "Clones", unit: "speed-up", shown: "times as fast"},
	{what: "the same for a bare handler", pkg: fakes, benchmark: "Clones", unit: "bare-speed-up", shown: "times as fast"},
	{what: "10,000 webhook deliveries to a receiver in the process", pkg: fakes, benchmark: "Deliveries", unit: "deliveries/s", shown: "a second", atLeast: 20_000},
	{what: "`fake.New` and `Close`, with a socket", pkg: fakes, benchmark: "NewAndClose/with_a_socket", unit: "ns/op", shown: "µs", scale: 1000, atMost: 150},
	{what: "`fake.New` and `Close`, without", pkg: fakes, benchmark: "NewAndClose/without_a_socket", unit: "ns/op", shown: "µs", scale: 1000, atMost: 30},
	{what: "reset, 100,000 records", pkg: fakes, benchmark: "State/reset_with_100000_records", unit: "ns/op", shown: "µs", scale: 1000, atMost: 20},
	{what: "snapshot, 100,000 records", pkg: fakes, benchmark: "State/snapshot_with_100000_records", unit: "ns/op", shown: "µs", scale: 1000, atMost: 20},
	{what: "clone, 100,000 records", pkg: fakes, benchmark: "State/clone_with_100000_records", unit: "ns/op", shown: "µs", scale: 1000, atMost: 20},
	{what: "exec to the first 200", pkg: "cmd/fakeattio", benchmark: "Start/fakeattio", per: "Start/bare", unit: "ms/start", shown: "times a bare program", atMost: 2.5},
	{what: "memory after the first 200", pkg: "cmd/fakeattio", benchmark: "Memory", unit: "idle-MiB", shown: "MiB", atMost: 15},
	{what: "memory after 3 s in which four clients create, query, update and read", pkg: "cmd/fakeattio", benchmark: "Memory", unit: "loaded-MiB", shown: "MiB", atMost: 35},
	{what: "load the export of 60,000 records, YAML", pkg: scenarios, benchmark: "LoadExport/60000", unit: "of-goccy", shown: "of what the parser of goccy/go-yaml takes", atMost: 0.12},
	{what: "the same in JSON", pkg: scenarios, benchmark: "LoadJSON/60000", unit: "of-encoding-json", shown: "times what encoding/json takes", atMost: 3},
	{what: "`generate` 60,000 records", pkg: scenarios, benchmark: "Generate/60000", unit: "µs/record", atMost: 20},
	{what: "memory of 60,000 records", pkg: scenarios, benchmark: "Memory/60000", unit: "B/record", atMost: 1_747},
	{what: "export of 100,000 records, YAML", pkg: scenarios, benchmark: "Export/100000/yaml", unit: "µs/record", atMost: 9.1},
	{what: "export of 100,000 records, JSON", pkg: scenarios, benchmark: "Export/100000/json", unit: "µs/record", atMost: 9.1},
	{what: "a filter over 100,000 texts, `$contains`", pkg: filters, benchmark: "Query/contains/100000", unit: "Mvalues/s", shown: "million values a second", atLeast: 5},
	{what: "a filter over 100,000 numbers, a range", pkg: filters, benchmark: "Query/range/100000", unit: "Mvalues/s", shown: "million values a second", atLeast: 5},
	{what: "what a write adds to the next query, 100,000 records", pkg: filters, benchmark: "QueryAfterWrite/100000", unit: "µs/renewal", shown: "µs", atMost: 500},
	{what: "a second page of a sorted query, offset 90,000", pkg: filters, benchmark: "Pages/100000", unit: "of-first", shown: "of the first page"},
	{what: "the first search among 100,000 people", pkg: searches, benchmark: "FirstSearch/100000", unit: "ms/index", shown: "ms", atMost: 500},
	{what: "a search after a write, 100,000 people", pkg: searches, benchmark: "SearchAfterWrite/100000", unit: "µs/search", shown: "µs", atMost: 500},
	{what: "reading a phone number", pkg: "fake/internal/phone", benchmark: "Phone", unit: "of-library", shown: "of what nyaruka/phonenumbers takes"},
	{what: "building an empty test that imports package fake, from an empty cache", pkg: "fake/internal", benchmark: "Import", unit: "s/build", shown: "s"},
}

// curves are the rows of the second table.
var curves = []curve{
	{what: "equality on a unique attribute, through the API", pkg: api, benchmark: "UniqueThroughAPI", unit: "µs/equal"},
	{what: "`$in` of 100 ids, through the API", pkg: api, benchmark: "UniqueThroughAPI", unit: "µs/in-100"},
	{what: "GET of a record, through the API", pkg: api, benchmark: "UniqueThroughAPI", unit: "µs/get"},
	{what: "upsert, through the API", pkg: api, benchmark: "UniqueThroughAPI", unit: "µs/upsert"},
	{what: "the first page of a sorted query", pkg: filters, benchmark: "Pages", unit: "µs/first"},
	{what: "the second page", pkg: filters, benchmark: "Pages", unit: "µs/second"},
	{what: "what a write adds to the next query", pkg: filters, benchmark: "QueryAfterWrite", unit: "µs/renewal"},
	{what: "the first search", pkg: searches, benchmark: "FirstSearch", unit: "ms/index"},
	{what: "a search after a write", pkg: searches, benchmark: "SearchAfterWrite", unit: "µs/search"},
	{what: "the index of searches", pkg: searches, benchmark: "FirstSearch", unit: "B/record"},
	{what: "memory", pkg: scenarios, benchmark: "Memory", unit: "B/record"},
	{what: "`generate`", pkg: scenarios, benchmark: "Generate", unit: "µs/record"},
	{what: "load an export, YAML", pkg: scenarios, benchmark: "LoadExport", unit: "of-goccy"},
	{what: "load an export, JSON", pkg: scenarios, benchmark: "LoadJSON", unit: "of-encoding-json"},
	{what: "export, YAML", pkg: scenarios, benchmark: "Export", after: "/yaml", unit: "µs/record"},
	{what: "export, JSON", pkg: scenarios, benchmark: "Export", after: "/json", unit: "µs/record"},
	{what: "a merge", pkg: worlds, benchmark: "Merge", unit: "µs/merge"},
}
