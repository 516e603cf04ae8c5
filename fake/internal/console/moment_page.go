package console

import (
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func (framePage) put(*markup.Writer, *view) {}

func (p *diffPage) put(w *markup.Writer, v *view) {
	w.Put(`<h1>Compare two moments</h1>
<form class="toolbar" method="get" action="/_fake/console/diff">`)
	putKept(w, "workspace", v.Workspace)
	w.Put(`
  <div class="field narrow"><label for="from-side">From</label>`)
	putSide(w, "from", p.Sides, p.FromSide)
	w.Put(`</div>
  <div class="field narrow"><label for="from">request</label><input id="from" name="from" inputmode="numeric" value="{}" required data-search></div>
  <div class="field narrow"><label for="to-side">to</label>`, p.From)
	putSide(w, "to", p.Sides, p.ToSide)
	w.Put(`</div>
  <div class="field narrow"><label for="to">request</label><input id="to" name="to" inputmode="numeric" value="{}" placeholder="now"></div>
  <button class="primary">Compare</button>
</form>`, p.To)
	putDifferences(w, p.Mistake, p.Workspaces, "Everything is the same at both moments. Choose two others.")
}

// putSide writes the choice of a side of a request.
func putSide(w *markup.Writer, of string, sides []control.Side, chosen control.Side) {
	w.Put(`<select id="{}-side" name="{}_side">`, of, of)
	putOptions(w, sides, chosen)
	w.Put(`</select>`)
}

// putDifferences writes how workspaces differ, or why that cannot be said.
func putDifferences(w *markup.Writer, mistake string, workspaces []workspaceDiff, none string) {
	putMistake(w, mistake)
	for i := range workspaces {
		workspaces[i].put(w)
	}
	if len(workspaces) == 0 && mistake == "" {
		putEmpty(w, "Nothing differs", none)
	}
}
