package fake

// Clone copies the workspace for a test, and removes the copy when the test ends: many tests may share one server, each
// with its clone. A clone has the same members, ids and tokens, but its tokens have values of their own: clone.Token(), or
// Server.Token with the clone's slug. Cloning takes the same time however much the workspace holds. The slug, the id and
// the tokens of a clone are never used again, and a mistake with the clone, or with anything reached through it, fails t. The clone
// of a workspace of a Moment begins as that was then.
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
