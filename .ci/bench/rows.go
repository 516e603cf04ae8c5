package main

import "cmp"

// promise is a figure that is kept below or above a target.
type promise struct {
	what            string
	pkg, benchmark  string // the folder, and the name without "Benchmark", with that of the sub-benchmark
	unit            string
	shown           string // the unit as a reader knows it, if that is another
	atMost, atLeast float64
}

func (p promise) named() string { return cmp.Or(p.shown, p.unit) }

func (p promise) target() string {
	if p.atLeast > 0 {
		return "≥ " + number(p.atLeast) + " " + p.named()
	}
	return "≤ " + number(p.atMost) + " " + p.named()
}

// curve is a figure that is measured at each of the sizes; the sub-benchmarks have their names.
type curve struct {
	what           string
	pkg, benchmark string
	unit           string
	shown          string  // the unit after scaling
	scale          float64 // what the measured value is divided by, 1 if it is 0
}

// sizes are the numbers of records of the curves.
var sizes = []int{1_000, 10_000, 100_000, 500_000}

// promises are the rows of the first table.
var promises = []promise{
	{what: "POST of a record", pkg: "fake", benchmark: "CreateRecord", unit: "of-bare", shown: "of a bare net/http handler's rate", atLeast: 0.55},
	{what: "GET of a record", pkg: "fake", benchmark: "GetRecord", unit: "of-bare", shown: "of a bare net/http handler's rate", atLeast: 0.85},
}

// curves are the rows of the second table.
var curves = []curve{}
