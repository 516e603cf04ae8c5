// Package yamltree reads YAML into trees whose every node knows its place in the file, merges such
// trees, and writes YAML.
//
// It reads the part of YAML that scenarios use, and refuses what readers of YAML disagree on (the table
// of refusals in fuzz_test.go lists it all). A refusal names the place, what is wrong and how to fix
// it. Reading takes time and memory linear in the size of a file, within fixed bounds. The package
// knows nothing of what a file means.
package yamltree
