package control

import (
	_ "embed"
	"net/http"
)

// document describes the control API. A test makes it of the table of routes and their types, so that no server spends
// time or code on it.
//
//go:embed openapi.json
var document []byte

// Document returns the OpenAPI document of the control API. Callers must not modify it.
func Document() []byte { return document }

// openAPI answers GET /_fake/openapi.json.
func openAPI(*Handler, *http.Request) (any, *refusal) {
	return text{"application/json; charset=utf-8", document}, nil
}
