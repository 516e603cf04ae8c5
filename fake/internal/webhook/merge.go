package webhook

import "github.com/fakeattio/fakeattio/fake/internal/world"

// watchMerges makes sure that webhooks report merges in progress once they are over.
func (e *Engine) watchMerges(c world.Commit) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, merge := range c.Merges {
		if merge.Done.After(c.At) {
			e.awaitMerge(e.era, c.Workspace, merge)
		}
	}
}

// awaitMerge reports a merge once it is over, if the record still exists. The caller holds the lock.
func (e *Engine) awaitMerge(era *era, workspace *world.Workspace, merge *world.Merge) {
	e.await(era, &era.merges, thing{workspace, merge.Record}, merge.Done, func() {
		state := workspace.View()
		if state.HasRecord(merge.Object, merge.Record) {
			e.announce(era, world.Commit{
				Workspace: workspace, Before: state, After: state, At: later(e.world.Clock.Now(), merge.Done),
				Author: world.Author{Actor: merge.By}, Merges: []*world.Merge{merge},
			})
		}
	})
}
