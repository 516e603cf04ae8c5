package fake

// Clone makes a workspace of its own for a test, which holds what this one does, and removes it when the
// test ends: many tests may share one server, each with its clone. It has the same members, ids and tokens,
// but the tokens have values of their own: clone.Token(), or Server.Token with the clone's slug. Making it
// takes as long whatever the workspace holds. Its slug, its id and its tokens are never given again, and what goes wrong
// with the clone, or with what is reached through it, fails the test t.
func (w *Workspace) Clone(t TB) *Workspace {
	t.Helper()
	inner, err := w.server.world.Clone(w.inner, "")
	if err != nil {
		t.Fatalf("fake: clone the workspace %q: %v", w.Slug(), err)
		return nil
	}
	t.Cleanup(func() { w.server.world.Remove(inner) })
	return &Workspace{server: w.server.For(t), inner: inner}
}
