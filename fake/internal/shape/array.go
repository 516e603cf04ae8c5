package shape

// ArraySchema allows arrays. Issues of its length come before those of its items.
type ArraySchema struct {
	items  Schema
	bounds rules[int]
}

// Array allows arrays of items of one schema.
func Array(items Schema) ArraySchema { return ArraySchema{items: items} }

// Min requires at least n items.
func (a ArraySchema) Min(n int) ArraySchema {
	a.bounds = a.bounds.with(tooSmall("Array must contain at least %d element(s)", n),
		func(length int) bool { return length >= n })
	return a
}

// Max allows at most n items.
func (a ArraySchema) Max(n int) ArraySchema {
	a.bounds = a.bounds.with(tooBig("Array must contain at most %d element(s)", n),
		func(length int) bool { return length <= n })
	return a
}

func (a ArraySchema) check(c *checker, value any) status {
	items, ok := value.([]any)
	if !ok {
		return c.wrongType("array", TypeOf(value))
	}
	found := a.bounds.check(c, len(items))
	for i, item := range items {
		found = max(found, c.item(a.items, i, item))
	}
	return found
}

func (a ArraySchema) appendTo(b []byte, value any) []byte {
	items, _ := value.([]any)
	return appendItems(b, items, a.items.appendTo)
}
