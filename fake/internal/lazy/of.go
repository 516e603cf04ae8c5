package lazy

import "sync"

// Of is a value that is made when it is first needed, such as a map that only one feature reads. It is safe for concurrent use.
// As a variable of a package it costs nothing at the start, unlike a map or [sync.OnceValue]: no code runs for it before main, and
// if that holds for all variables of a package, none of its pages are read.
type Of[T any] struct {
	Make func() T

	once sync.Once
	made T
}

// Get returns the value.
func (o *Of[T]) Get() T {
	o.once.Do(func() { o.made = o.Make() })
	return o.made
}
