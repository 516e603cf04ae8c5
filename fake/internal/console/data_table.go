package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// How much a table shows.
const (
	rowsShown    = 50
	columnsShown = 8
)

// tablePage is the data of a table of records or entries.
type tablePage struct {
	PageOf
	Collection collection

	Search, Filter  string
	Sort, Direction string
	Columns         []column
	Choices         []columnChoice
	Rows            []row
	Mistake         string // what Attio says of the filter

	Count, From, To             int
	First, Previous, Next, Last string

	Board string // the link to the board; "" if there is none
	New   string // the link to the form of a new record; "" in the past
	Clear string // the link to the table without search and filter
}

// column is a column of a table.
type column struct {
	Slug, Title, Type string
	Sorted            string // as aria-sort has it
	Link              string // sorts by it; "" if nothing can
	Number            bool
}

// columnChoice is an attribute that can be a column.
type columnChoice struct {
	Slug, Title string
	Chosen      bool
}

// row is a record or an entry.
type row struct {
	Key, Name, Link string
	Cells           [][]cell
}

// inquiry is what a table or a board asks for: the parameters of its page.
type inquiry struct {
	search, filter  string
	sort, direction string
	columns         []string
	page            int
}

func inquiryOf(query url.Values) inquiry {
	q := inquiry{
		search: strings.TrimSpace(query.Get("q")), filter: strings.TrimSpace(query.Get("filter")),
		sort: query.Get("sort"), direction: "asc", columns: query["column"],
	}
	if query.Get("dir") == "desc" {
		q.direction = "desc"
	}
	q.page, _ = strconv.Atoi(query.Get("page"))
	q.page = min(max(q.page, 1), 1<<30)
	return q
}

// link leads to the same inquiry on a path. The pairs replace parameters.
func (q inquiry) link(l *lens, path string, pairs ...string) string {
	query := map[string]string{"q": q.search, "filter": q.filter, "sort": q.sort}
	if q.direction == "desc" {
		query["dir"] = q.direction
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		query[pairs[i]] = pairs[i+1]
	}
	var all []string
	for name, value := range query {
		all = append(all, name, value)
	}
	link := l.link(path, all...)
	for _, column := range q.columns {
		link += "&column=" + url.QueryEscape(column)
	}
	return link
}

// table shows the records of an object or an activity, or the entries of a list.
func (c *Console) table(r *http.Request) (page, error) {
	l, k, err := c.lensOn(r)
	if err != nil {
		return page{}, err
	}
	q := inquiryOf(r.URL.Query())
	data := tablePage{
		PageOf: l.pageOf(k.path()), Collection: k,
		Search: q.search, Filter: q.filter, Sort: q.sort, Direction: q.direction,
		Clear: inquiry{columns: q.columns}.link(l, k.path()),
	}
	if l.at == 0 {
		data.New = l.link(k.path() + "/new")
	}
	if _, ok := l.status(k); ok {
		data.Board = q.link(l, k.path()+"/board", "sort", "", "dir", "")
	}
	chosen := l.columns(k, q)
	data.Columns = l.heads(k, q, chosen)
	for _, d := range l.attributes(k) {
		data.Choices = append(data.Choices, columnChoice{d.Slug, d.Title, slices.Contains(chosen, d)})
	}
	result := page{title: k.Title, workspace: l.slug, switchTo: dataPath}
	err = l.fill(&data, k, q, chosen)
	if data.Mistake = refusedQuery(err); data.Mistake != "" {
		result.status, err = http.StatusUnprocessableEntity, nil
	}
	result.content = &data
	return result, err
}

// fill finds the rows of a table's page.
func (l *lens) fill(data *tablePage, k collection, q inquiry, columns []*attribute.Definition) error {
	filter, err := l.condition(k, q)
	if err != nil {
		return err
	}
	query := map[string]any{"limit": rowsShown, "offset": (q.page - 1) * rowsShown}
	if filter != nil {
		query["filter"] = filter
	}
	if q.sort != "" {
		query["sorts"] = []any{l.sorting(k, q)}
	}
	var found []record
	if err := l.find(k.items()+"/query", query, &found); err != nil {
		return err
	}
	if data.Count, err = api.Count(l.workspace, k.kind, filter); err != nil {
		return err
	}
	for _, r := range found {
		shown := row{Key: string(r.id()), Name: l.name(k, &r), Link: l.link(k.item(r.id()))}
		for _, d := range columns {
			shown.Cells = append(shown.Cells, l.cells(r.values(d.Slug)))
		}
		data.Rows = append(data.Rows, shown)
	}
	last := max(1, (data.Count+rowsShown-1)/rowsShown)
	turn := func(to int) string { return q.link(l, k.path(), "page", strconv.Itoa(to)) }
	if q.page > 1 {
		data.First, data.Previous = turn(1), turn(min(q.page-1, last))
	}
	if q.page < last {
		data.Next, data.Last = turn(q.page+1), turn(last)
	}
	if len(found) > 0 {
		data.From = (q.page-1)*rowsShown + 1
		data.To = data.From + len(found) - 1
	}
	return nil
}

// columns returns the attributes that are shown beside the name: the chosen ones, or else statuses, some of the workspace's
// own, and Attio's first.
func (l *lens) columns(k collection, q inquiry) []*attribute.Definition {
	all := l.attributes(k)
	if q.columns != nil {
		return kept(all, func(d *attribute.Definition) bool { return slices.Contains(q.columns, d.Slug) })
	}
	var naming *attribute.Definition
	if labels := l.labels(k); k.Group != "lists" && len(labels) > 0 {
		naming = labels[0]
	}
	shown := make(map[*attribute.Definition]bool)
	choose := func(most int, fits func(*attribute.Definition) bool) {
		for _, d := range all {
			if most > 0 && !shown[d] && d != naming && d.Computed != attribute.ComputedID && fits(d) {
				shown[d] = true
				most--
			}
		}
	}
	const beside = columnsShown - 1 // the name is a column, too
	choose(1, func(d *attribute.Definition) bool { return d.Type == attribute.TypeStatus })
	choose(beside/2, func(d *attribute.Definition) bool { return !d.System && d.Computed == "" })
	choose(beside-len(shown), func(d *attribute.Definition) bool { return d.Computed == "" })
	choose(beside-len(shown), func(*attribute.Definition) bool { return true })
	return kept(all, func(d *attribute.Definition) bool { return shown[d] })
}

func kept(all []*attribute.Definition, keep func(*attribute.Definition) bool) []*attribute.Definition {
	return slices.DeleteFunc(slices.Clone(all), func(d *attribute.Definition) bool { return !keep(d) })
}

// sortField names the field by which values of a type are sorted where Attio's API wants one; types that have several
// fields and no obvious one are not sorted.
var sortField = lazy.Of[map[attribute.Type]string]{Make: func() map[attribute.Type]string {
	return map[attribute.Type]string{
		attribute.TypeLocation:        "locality",
		attribute.TypeInteraction:     "interacted_at",
		attribute.TypeRecordReference: "",
		attribute.TypeActorReference:  "",
	}
}}

// heads returns the columns of a table, of which the first is the name.
func (l *lens) heads(k collection, q inquiry, chosen []*attribute.Definition) []column {
	first := column{Title: k.One, Sorted: "none"}
	if labels := l.labels(k); len(labels) > 0 {
		first.Slug, first.Title = labels[0].Slug, labels[0].Title
		if list := l.parentAttribute(k); list != nil {
			first.Slug, first.Title = list.Slug, "Record"
		}
		first.sortable(l, k, q)
	}
	heads := []column{first}
	for _, d := range chosen {
		head := column{Slug: d.Slug, Title: d.Title, Type: string(d.Type), Sorted: "none"}
		head.Number = d.Type == attribute.TypeNumber || d.Type == attribute.TypeCurrency
		if field, asks := sortField.Get()[d.Type]; !asks || field != "" {
			head.sortable(l, k, q)
		}
		heads = append(heads, head)
	}
	return heads
}

// sortable gives a column a link that sorts by it, in the other direction if the table is sorted by it already.
func (c *column) sortable(l *lens, k collection, q inquiry) {
	direction := ""
	if q.sort == c.Slug {
		c.Sorted = map[string]string{"asc": "ascending", "desc": "descending"}[q.direction]
		direction = map[string]string{"asc": "desc"}[q.direction]
	}
	c.Link = q.link(l, k.path(), "sort", c.Slug, "dir", direction)
}

// parentAttribute returns the attribute of a list that leads to the record of an entry, nil for other collections.
func (l *lens) parentAttribute(k collection) *attribute.Definition {
	for _, d := range k.kind.Common().Attributes {
		if d.Computed == attribute.ComputedParent {
			return d
		}
	}
	return nil
}

// sorting is the sort of an inquiry as Attio's API takes it.
func (l *lens) sorting(k collection, q inquiry) map[string]any {
	sort := map[string]any{"attribute": q.sort, "direction": q.direction}
	d, ok := k.kind.Common().Attribute(q.sort)
	if !ok {
		return sort // which Attio refuses
	}
	if d.Computed == attribute.ComputedParent {
		delete(sort, "attribute")
		sort["path"] = l.toParent(k, l.labels(k)[0])
	} else if field := sortField.Get()[d.Type]; field != "" {
		sort["field"] = field
	}
	return sort
}

// toParent is the path from the entries of a list to an attribute of their records.
func (l *lens) toParent(k collection, d *attribute.Definition) []any {
	parent := l.parentAttribute(k)
	object := l.state.Schema.SlugOf(parent.Objects[0])
	return []any{[]any{k.Slug, parent.Slug}, []any{object, d.Slug}}
}

// condition is the filter of an inquiry, which joins what the search field and the filter field say; nil if both are
// empty.
func (l *lens) condition(k collection, q inquiry) (map[string]any, error) {
	var parts []any
	if q.filter != "" {
		filter, err := readJSON(q.filter)
		if err != nil {
			return nil, err
		}
		parts = append(parts, filter)
	}
	if q.search != "" {
		parts = append(parts, l.searching(k, q.search))
	}
	switch len(parts) {
	case 0:
		return nil, nil
	case 1:
		return parts[0].(map[string]any), nil
	}
	return map[string]any{"$and": parts}, nil
}

// searching is the filter for what people type: an id, or a part of a text.
func (l *lens) searching(k collection, typed string) map[string]any {
	if id, ok := attio.ParseID(typed); ok {
		for _, d := range k.kind.Common().Attributes {
			if d.Computed == attribute.ComputedID {
				return map[string]any{d.Slug: string(id)}
			}
		}
	}
	contains := map[string]any{"$contains": typed}
	either := []any{}
	for _, d := range l.attributes(k) {
		if attribute.CanLabel(d.Type) && d.Computed == "" {
			either = append(either, map[string]any{d.Slug: contains})
		}
	}
	if l.parentAttribute(k) != nil {
		for _, d := range l.labels(k) {
			either = append(either, map[string]any{"path": l.toParent(k, d), "constraints": contains})
		}
	}
	return map[string]any{"$or": either}
}

// errNotJSON reports a field that is not a JSON object.
type errNotJSON struct{ says string }

func (e *errNotJSON) Error() string { return e.says }

// readJSON reads a field that holds a JSON object. Numbers keep their decimals.
func readJSON(text string) (map[string]any, error) {
	decoder := json.NewDecoder(bytes.NewBufferString(text))
	decoder.UseNumber()
	var read any
	if err := decoder.Decode(&read); err != nil {
		var syntax *json.SyntaxError
		switch {
		case errors.As(err, &syntax):
			return nil, &errNotJSON{"This is not JSON: there is a mistake at character " + strconv.FormatInt(syntax.Offset, 10) + "."}
		default:
			return nil, &errNotJSON{"This is not JSON: it ends too early."}
		}
	}
	object, ok := read.(map[string]any)
	if _, err := decoder.Token(); !ok || !errors.Is(err, io.EOF) {
		return nil, &errNotJSON{`Write one JSON object, such as {"name": {"$contains": "a"}}.`}
	}
	return object, nil
}

// refusedQuery returns what Attio, or the console, has to say against a query, "" for an error of another kind.
func refusedQuery(err error) string {
	if bad, ok := errors.AsType[*errNotJSON](err); ok {
		return bad.says
	}
	if refused, ok := refusal(err); ok && refused.Status == http.StatusBadRequest {
		return sentence(refused)
	}
	return ""
}

// sentence is a refusal of Attio's with the places that it names.
func sentence(refused *attio.Error) string {
	says := []string{refused.Message}
	if len(refused.Path) > 0 {
		says[0] += " (at " + strings.Join(refused.Path, " › ") + ")"
	}
	for _, issue := range refused.ValidationErrors {
		text := issue.Message
		if at := issuePath(issue); at != "" {
			text = at + ": " + text
		}
		says = append(says, text)
	}
	return strings.Join(says, "\n")
}

func issuePath(issue attio.Issue) string {
	var parts []string
	for _, part := range issue.Path {
		switch part := part.(type) {
		case string:
			parts = append(parts, part)
		case float64:
			parts = append(parts, strconv.Itoa(int(part)))
		}
	}
	return strings.Join(parts, " › ")
}

// compact writes JSON on one line, with < and & as they are.
func compact(value any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // strings, numbers, lists and maps of them
	return strings.TrimSuffix(b.String(), "\n")
}
