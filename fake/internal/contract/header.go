package contract

import (
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// constantHeaders have the same value in every answer. Recorded in May 2026.
var constantHeaders = []struct{ name, value string }{
	{"access-control-allow-origin", "*"},
	{"access-control-expose-headers", "x-attio-client,x-attio-execution-id,x-attio-platform,x-attio-platform-version," +
		"x-attio-record-query-score,x-attio-app-installation-bundle-id,WWW-Authenticate"},
	{"x-frame-options", "DENY"},
}

const contentType = "application/json; charset=utf-8"

// accurateAt is the form of the header; the meaning of its digits depends on the operation.
var accurateAt = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$`)

// headerProblems checks the headers that every answer has. The operation is nil if there is none.
func headerProblems(op *attio.Operation, status int, header http.Header) []string {
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }

	for _, constant := range constantHeaders {
		if got := header.Get(constant.name); got != constant.value {
			report("header %s: want %q, got %q", constant.name, constant.value, got)
		}
	}
	if got := header.Get("content-type"); hasBody(status) && got != contentType {
		report("header content-type: want %q, got %q", contentType, got)
	}
	if got := header.Get("x-attio-execution-id"); !isUUID(got) {
		report("header x-attio-execution-id: want a UUID, got %q", got)
	}
	if !compare.VariesByOrigin(header) {
		report("header vary: want %q, got %q", "Origin", header.Values("vary"))
	}
	at := header.Get("x-accurate-at")
	switch {
	case status >= 400 && at != "":
		report("header x-accurate-at: no error has it, got %q", at)
	case status >= 300 || op == nil:
	case op.SendsAccurateAt() && !accurateAt.MatchString(at):
		report("header x-accurate-at: want a UTC timestamp with nine fraction digits, got %q", at)
	case op.SendsAccurateAt() && !asAccurate(op, at):
		report("header x-accurate-at: more precise than %s sends it, got %q", op.Name, at)
	case !op.SendsAccurateAt() && at != "":
		report("header x-accurate-at: %s does not send it, got %q", op.Name, at)
	}
	return problems
}

// asAccurate reports whether a time is no more precise than the operation's times.
func asAccurate(op *attio.Operation, at string) bool {
	t, err := time.Parse(time.RFC3339Nano, at)
	return err == nil && op.AccurateAt(t).Equal(t)
}

func hasBody(status int) bool {
	return status != http.StatusNoContent && (status < 300 || status >= 400)
}

func isUUID(s string) bool {
	_, ok := attio.ParseID(s)
	return ok
}
