package scenario

import "github.com/fakeattio/fakeattio/fake/internal/yamltree"

// placed is part of every mapping of the format and knows its place in the file.
type placed struct {
	key  yamltree.Position // of the mapping's key, or of the mapping itself
	node *yamltree.Node    // nil where the mapping is absent

	wrong bool // something in it is malformed, which is reported
}

// placeable is a pointer to a mapping of the format.
type placeable interface {
	place(placed)
	markWrong()
}

func (p *placed) place(at placed) { *p = at }

func (p *placed) markWrong() { p.wrong = true }

// at returns the place of a key's value, or of the whole mapping if the key is absent.
func (p placed) at(key string) yamltree.Position {
	if p.node != nil {
		if f, ok := p.node.Get(key); ok {
			return f.Value.Position
		}
	}
	return p.key
}

// has reports whether a key is present.
func (p placed) has(key string) bool {
	if p.node == nil {
		return false
	}
	_, ok := p.node.Find(key)
	return ok
}

// items returns the items of the list at a key, if there is one.
func (p placed) items(key string) []*yamltree.Node {
	if p.node == nil {
		return nil
	}
	f, ok := p.node.Get(key)
	if !ok {
		return nil
	}
	return f.Value.Items
}

// fields lists the keys with their values.
func (p placed) fields() []yamltree.Field {
	if p.node == nil {
		return nil
	}
	return p.node.Fields
}
