package yamltree

// Merge lays one tree over another. Mappings merge key by key: first the keys of the lower one in their
// order, then the new ones. Any other value of the upper tree replaces the one below. Neither tree changes.
func Merge(lower, upper *Node) *Node {
	if lower.Kind != KindMapping || upper.Kind != KindMapping {
		return upper
	}
	merged := newNode(upper.Position, KindMapping, "")
	for _, f := range lower.Fields {
		if over, ok := upper.Get(f.Name); ok {
			f = Field{Name: f.Name, At: over.At, Value: Merge(f.Value, over.Value)}
		}
		merged.put(f)
	}
	for _, f := range upper.Fields {
		if _, ok := lower.Find(f.Name); !ok {
			merged.put(f)
		}
	}
	return merged
}
