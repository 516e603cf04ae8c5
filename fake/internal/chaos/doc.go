// Package chaos runs a test of a client under every fault that its requests can meet, and judges each run by what it
// leaves in Attio. A Driver makes the attempts; the package plans the runs from two attempts
// without a fault, compares final states, and says which runs are not acceptable.
package chaos
