package webhook

import "github.com/fakeattio/fakeattio/fake/internal/world"

func (d *deriver) note(world.Change) {}
