// Package attribute knows the types of Attio's attributes, one file a type: how a value is written,
// what it means, how it reads, and when two are the same. It holds no state.
package attribute
