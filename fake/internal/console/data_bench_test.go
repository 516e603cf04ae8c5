package console_test

import (
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// The Data pages of an object with 100,000 records. The target is 300 ms for any of them.
func BenchmarkAHundredThousandRecords(b *testing.B) {
	v := newVisitor(b, fake.YAML("version: 1\nusers: {ada: {email: ada@example.com}}\nworkspaces: {acme: {members: {ada: admin}, generate: {people: 100000, deals: 20000}, objects: {deals: {enabled: true}}}}\n"))
	first := v.open("objects/people").ok()
	record := first.all("td.row-name a")[0]
	for name, path := range map[string]string{
		"first page":           dataPath + "objects/people",
		"last page":            dataPath + "objects/people?page=2000",
		"sorted":               dataPath + "objects/people?sort=name",
		"sorted, last page":    dataPath + "objects/people?sort=name&page=2000",
		"filtered":             dataPath + "objects/people?filter=%7B%22job_title%22%3A%7B%22%24contains%22%3A%22er%22%7D%7D",
		"searched":             dataPath + "objects/people?q=anna",
		"searched, sorted":     dataPath + "objects/people?q=a&sort=name",
		"searched for nothing": dataPath + "objects/people?q=zzzzz",
		"record":               attr(record, "href"),
		"board":                dataPath + "objects/deals/board",
	} {
		b.Run(strings.ReplaceAll(name, ",", ""), func(b *testing.B) {
			for b.Loop() {
				v.get(path).ok()
			}
		})
	}
}
