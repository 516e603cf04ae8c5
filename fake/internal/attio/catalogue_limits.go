package attio

import (
	"net/http"
	"time"
)

// RateLimited answers a request over a rate limit, which is not processed. From Attio's guide on rate limiting,
// where Retry-After is a date, usually the next second.
func RateLimited(retry time.Time) *Error {
	return &Error{Status: http.StatusTooManyRequests, Type: "rate_limit_error", Code: "rate_limit_exceeded",
		Message: "Rate limit exceeded, please try again later", RetryAfter: retry}
}

// WriteConflict answers a write to a record that another request changed in the meantime. From Attio's OpenAPI document of
// October 2026.
func WriteConflict() *Error {
	return &Error{Status: http.StatusConflict, Type: typeRequest, Code: "concurrent_write_conflict",
		Message: "The record was modified by another request while this write was being validated. Please try again."}
}
