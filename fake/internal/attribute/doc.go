// Package attribute implements the types of Attio's attributes, one file per type: how a value is written,
// what it means, how it is read, and when two values are the same. It holds no state.
package attribute
