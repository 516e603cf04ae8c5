package contract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestTheDocumentHasEveryOperationButThoseOnViews(t *testing.T) {
	t.Parallel()
	doc := openFacts(t, exceptions)
	var got []string
	for _, op := range attio.Operations() {
		if doc.statuses(op) == nil {
			got = append(got, op.Name)
		}
	}
	want := []string{
		"object_views.create", "object_views.get", "object_views.update", "object_views.delete",
		"list_views.create", "list_views.get", "list_views.update", "list_views.delete",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations that the document does not have (-want +got):\n%s", diff)
	}
}

func TestTheTableHasEveryOperationOfTheDocument(t *testing.T) {
	t.Parallel()
	for path, item := range openFacts(t, exceptions).paths {
		for method := range item.(map[string]any) {
			if op := attio.OperationAt(strings.ToUpper(method), path); op == nil || op.Path != path {
				t.Errorf("the table of operations lacks %s %s", strings.ToUpper(method), path)
			}
		}
	}
}
