package views_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/views"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestAChangeTellsWhatItLeavesFromWhatItTakesAway(t *testing.T) {
	t.Parallel()
	var noFilter *world.Condition
	var noBoard *world.Kanban
	for body, want := range map[string]world.ViewEdit{
		`{"data":{}}`: {},
		`{"data":{"filter":null,"kanban":null,"sorts":[],"colour":"red"}}`: {Filter: &noFilter, Kanban: &noBoard, Sorts: &[]world.Sort{}},
		`{"data":{"title":"A","is_archived":true,"attributes":[{"attribute":["a",{"object":"b","attribute":"c"}],"field":"d"}]}}`: {
			Title: new("A"), Archived: new(true),
			Attributes: &[]world.Column{{Attribute: world.Path{{Attribute: "a"}, {Object: "b", Attribute: "c"}}, Field: "d"}},
		},
		`{"data":{"filter":{"attribute":"a","op":"lt","value":1}}}`: {
			Filter: new(&world.Condition{Attribute: world.Path{{Attribute: "a"}}, Op: "lt", Value: json.Number("1")}),
		},
	} {
		got, err := views.ReadChange([]byte(body))
		if err != nil {
			t.Errorf("%s: %v", body, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", body, diff)
		}
	}
}

func TestANewViewNeedsMoreThanAChange(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"data":{}}`, `{"data":{"title":"A"}}`, `{"data":{"type":"table"}}`} {
		if edit, err := views.ReadNew([]byte(body)); err == nil || edit != (world.ViewEdit{}) {
			t.Errorf("%s: got %+v and %v", body, edit, err)
		}
	}
	if _, err := views.ReadNew([]byte(`{"data":{"title":"A","type":"table"}}`)); err != nil {
		t.Error(err)
	}
}
