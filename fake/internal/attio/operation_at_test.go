package attio

import "testing"

func TestOperationAt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ method, path, want string }{
		{"GET", "/v2/objects", "objects.list"},
		{"GET", "/v2/objects/people", "objects.get"},
		{"POST", "/v2/objects/people/records", "records.create"},
		{"POST", "/v2/objects/records/search", "records.search"},
		{"POST", "/v2/objects/people/records/query", "records.query"},
		{"POST", "/v2/objects/people/records/merge", "records.merge"},
		{"PATCH", "/v2/objects/people/records/merge", "records.update"},
		{"GET", "/v2/lists/sales/attributes/stage/statuses", "statuses.list"},
		{"GET", "/v2/objects/a%2Fb", "objects.get"},
		{"GET", "/v2/objects/people/records", ""},
		{"GET", "/v2/objects/", ""},
		{"GET", "/v2/objects/people/", ""},
		{"PUT", "/v2/objects", ""},
		{"GET", "/", ""},
	} {
		got := ""
		if op := OperationAt(test.method, test.path); op != nil {
			got = op.Name
		}
		if got != test.want {
			t.Errorf("%s %s: want operation %q, got %q", test.method, test.path, test.want, got)
		}
	}
}

func TestALiteralSegmentWinsOverAParameter(t *testing.T) {
	t.Parallel()
	operations := []*Operation{
		{Name: "parameters", Method: "GET", Path: "/v2/{a}/{b}/c"},
		{Name: "literal first", Method: "GET", Path: "/v2/a/{b}/c"},
		{Name: "literal second", Method: "GET", Path: "/v2/{a}/b/c"},
	}
	for path, want := range map[string]string{"/v2/a/b/c": "literal first", "/v2/a/x/c": "literal first", "/v2/x/b/c": "literal second", "/v2/x/x/c": "parameters"} {
		if got := matching(operations, "GET", path); got == nil || got.Name != want {
			t.Errorf("%s: want %q, got %+v", path, want, got)
		}
	}
}

func TestEveryTemplateIsItsOwnOperation(t *testing.T) {
	t.Parallel()
	for _, op := range Operations() {
		if got := OperationAt(op.Method, op.Path); got == nil || got.Name != op.Name {
			t.Errorf("%s %s: want operation %s, got %v", op.Method, op.Path, op.Name, got)
		}
	}
}
