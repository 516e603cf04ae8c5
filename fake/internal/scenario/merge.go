package scenario

// merge lays one tree over another: mappings merge key by key, in the order of the lower one and then
// the new keys; anything else of the upper one replaces what is below it. Neither tree changes.
func merge(lower, upper *node) *node {
	if lower.kind != kindMapping || upper.kind != kindMapping {
		return upper
	}
	merged := &node{position: upper.position, kind: kindMapping, size: 1, height: 1}
	for _, f := range lower.fields {
		if over, ok := upper.get(f.name); ok {
			f = field{name: f.name, at: over.at, value: merge(f.value, over.value)}
		}
		merged.put(f)
	}
	for _, f := range upper.fields {
		if _, ok := lower.find(f.name); !ok {
			merged.put(f)
		}
	}
	return merged
}
