package attribute

import (
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func stages() *Definition {
	day := "P0Y0M1DT0H0M0S"
	d := attributeOf(TypeStatus, "stage")
	d.Statuses = []Status{{ID: silverID, Title: "Lead", TargetTime: &day}, {ID: goldID, Title: "Won 🎉", Celebration: true}, {ID: bronzeID, Title: "Lost", Archived: true}}
	return d
}

func TestStatusReadsAsTheWholeStatus(t *testing.T) {
	t.Parallel()
	const ids = `"status":{"id":{"workspace_id":"14beef7a-99f7-4534-a87e-70b564330a4c","object_id":"97052eb9-e65e-443f-a297-f2d9a4a7f795",` +
		`"attribute_id":"41252299-f8c7-4b5e-99c9-4ff8321d2f96","status_id":"eeeeeeee-0000-4000-8000-00000000000`
	const lead = ids + `2"},"title":"Lead","is_archived":false,"target_time_in_status":"P0Y0M1DT0H0M0S","celebration_enabled":false}`
	const won = ids + `1"},"title":"Won 🎉","is_archived":false,"target_time_in_status":null,"celebration_enabled":true}`
	testReads(t, stages(), []reads{
		{"a title", `"Lead"`, lead},
		{"a title with an emoji", `"Won 🎉"`, won},
		{"a title in an object", `{"status": "Lead"}`, lead},
		{"an id in an object", `{"status": "eeeeeeee-0000-4000-8000-000000000001"}`, won},
	})
}

func TestUnknownStatusesAreRefused(t *testing.T) {
	t.Parallel()
	testRefused(t, stages(), []refused{
		{"an unknown title", `"Won"`, notFound(`Cannot find Status with title "Won".`)},
		{"an archived status", `"Lost"`, notFound(`Cannot find Status with title "Lost".`)},
		{"an unknown id", `"dddddddd-0000-4000-8000-000000000001"`, notFound(`Cannot find Status with ID "dddddddd-0000-4000-8000-000000000001".`)},
		{"the key title", `{"title": "Lead"}`, invalidValue("stage", required("status", "string"), unrecognized("'title'"))},
		{"an empty title", `{"status": ""}`,
			invalidValue("stage", attio.Issue{Code: "too_small", Path: []any{"status"}, Message: "String must contain at least 1 character(s)"})},
		{"null", `null`, invalidValue("stage", expected("status", "string", "null"))},
	})
}

func TestStatusesSortAsThePipelineDoes(t *testing.T) {
	t.Parallel()
	testOrder(t, stages(), `"Lead"`, `"Won 🎉"`, `"Lost"`)
}
