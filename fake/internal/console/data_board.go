package console

import (
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// tilesShown is how many records a column of a board shows.
const tilesShown = 20

// boardPage is the data of a board.
type boardPage struct {
	PageOf
	Collection     collection
	Search, Filter string
	Mistake        string
	Attribute      string // the title of the status attribute
	Columns        []boardColumn
	Table          string // the link to the same as a table
	New            string
}

// boardColumn has the records of one status.
type boardColumn struct {
	Title    string
	Archived bool
	Count    int
	Tiles    []tile
	All      string // the link to all of them as a table
}

// tile is a record on a board.
type tile struct {
	Name, Link string
	Facts      []fact
}

// fact is what a page says of one attribute.
type fact struct {
	Title string
	Cells []cell
}

// board shows the records of a collection in a column for each status.
func (c *Console) board(r *http.Request) (page, error) {
	l, k, err := c.lensOn(r)
	if err != nil {
		return page{}, err
	}
	by, ok := l.status(k)
	if !ok {
		return page{}, notFound("%s has no status attribute, so it has no board", k.Title)
	}
	q := inquiryOf(r.URL.Query())
	data := boardPage{
		PageOf: l.pageOf(k.path() + "/board"), Collection: k, Search: q.search, Filter: q.filter,
		Attribute: by.Title, Table: q.link(l, k.path()),
	}
	if l.at == 0 {
		data.New = l.link(k.path() + "/new")
	}
	result := page{title: k.Title, workspace: l.slug, switchTo: dataPath}
	data.Columns, err = l.boardColumns(k, q, by)
	if data.Mistake = refusedQuery(err); data.Mistake != "" {
		result.status, err = http.StatusUnprocessableEntity, nil
	}
	result.content = &data
	return result, err
}

// boardColumns returns a column for each status; one for an archived status, and the one without a status, only if it has
// records.
func (l *lens) boardColumns(k collection, q inquiry, by *attribute.Definition) ([]boardColumn, error) {
	filter, err := l.condition(k, q)
	if err != nil {
		return nil, err
	}
	var columns []boardColumn
	add := func(column boardColumn, needed bool, condition map[string]any) error {
		within := condition
		if filter != nil {
			within = map[string]any{"$and": []any{filter, condition}}
		}
		if column.Count, err = api.Count(l.workspace, k.kind, within); err != nil || column.Count == 0 && !needed {
			return err
		}
		var found []record
		if err := l.find(k.items()+"/query", map[string]any{"filter": within, "limit": tilesShown}, &found); err != nil {
			return err
		}
		for i := range found {
			column.Tiles = append(column.Tiles, l.tile(k, &found[i], by))
		}
		column.All = l.linkTo(k, within)
		columns = append(columns, column)
		return nil
	}
	for _, status := range by.Statuses {
		is := map[string]any{by.Slug: string(status.ID)}
		if err := add(boardColumn{Title: status.Title, Archived: status.Archived}, !status.Archived, is); err != nil {
			return nil, err
		}
	}
	var none []any
	for _, status := range by.Statuses {
		none = append(none, map[string]any{"$not": map[string]any{by.Slug: string(status.ID)}})
	}
	without := map[string]any{"$and": none}
	err = add(boardColumn{Title: "No " + strings.ToLower(by.Title)}, false, without)
	return columns, err
}

// tile shows a record with the first of its other attributes that have values.
func (l *lens) tile(k collection, r *record, by *attribute.Definition) tile {
	const factsShown = 3
	shown := tile{Name: l.name(k, r), Link: l.link(k.item(r.id()))}
	for _, d := range l.columns(k, inquiry{}) {
		if cells := l.cells(r.values(d.Slug)); d != by && d.Computed == "" && len(cells) > 0 && len(shown.Facts) < factsShown {
			shown.Facts = append(shown.Facts, fact{d.Title, cells})
		}
	}
	return shown
}

// linkTo leads to a table that a filter narrows.
func (l *lens) linkTo(k collection, filter map[string]any) string {
	return l.link(k.path(), "filter", compact(filter))
}
