package attio

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestErrorsReadAsAttioWritesThem(t *testing.T) {
	t.Parallel()
	members := &Operation{Name: "x.y", Method: "GET", Path: "/v2/x", WhyNotBuilt: "nobody knows how it works"}
	for name, tc := range map[string]struct {
		err  *Error
		want string
	}{
		"a token of the wrong length": {WrongTokenLength(),
			`{"status_code":401,"type":"auth_error","code":"unauthorized","message":"The API Key provided was invalid because it was the wrong length (API Keys should be 64 characters long). You might not have copied the entire API key from your Admin panel?"}`},
		"an unknown token": {UnknownToken(),
			`{"status_code":401,"type":"auth_error","code":"unauthorized","message":"The API Key provided could not be found. This is most commonly caused by the token having been revoked."}`},
		"a missing scope": {MissingScopes([]Scope{"record_permission:read-write"}),
			`{"status_code":403,"type":"auth_error","code":"unauthorized","message":"The API Key provided is not authorized to perform the requested action. This request requires scopes: Read-Write access to the Records scope."}`},
		"an unknown endpoint": {UnknownEndpoint("GET", "/v2/objects/people/records"),
			`{"status_code":404,"type":"invalid_request_error","code":"not_found","message":"Could not find endpoint \"GET /v2/objects/people/records\"."}`},
		"a path parameter that is no UUID": {InvalidPath(InvalidUUID("workspace_member_id")),
			`{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error","validation_errors":[{"code":"invalid_string","path":["workspace_member_id"],"message":"Invalid uuid","string_validation":"uuid"}]}`},
		"an operation that is not built": {NotImplemented(members),
			`{"status_code":501,"type":"invalid_request_error","code":"not_implemented","message":"fakeattio does not implement x.y (GET /v2/x): nobody knows how it works."}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := json.Marshal(tc.err)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got)); diff != "" {
				t.Error(diff)
			}
			if tc.err.Error() != tc.err.Message {
				t.Errorf("the Go error says %q", tc.err.Error())
			}
		})
	}
}

func TestTimesHaveNineFractionDigitsInUTC(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 16, 3, 34, 5, 738000000, time.FixedZone("", 2*60*60))
	got, err := json.Marshal(Time{at})
	if want := `"2026-05-16T01:34:05.738000000Z"`; err != nil || string(got) != want || `"`+(Time{at}).String()+`"` != want {
		t.Errorf("got %s, %v", got, err)
	}
}
