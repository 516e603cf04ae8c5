package control

import (
	"compress/gzip"
	_ "embed"
	"io"
	"net/http"
	"strings"
)

// document describes the control API: openapi.json, which a test makes of the table of routes and their types, so that
// no server spends time or code on it. It is compressed because few need it, and every binary has it.
//
//go:embed openapi.json.gz
var document string

// Document returns the OpenAPI document of the control API.
func Document() []byte {
	unpacker, err := gzip.NewReader(strings.NewReader(document))
	if err != nil {
		panic(err) // the embedded file is damaged, which a test would say
	}
	unpacked, err := io.ReadAll(unpacker)
	if err != nil {
		panic(err)
	}
	return unpacked
}

// openAPI answers GET /_fake/openapi.json.
func openAPI(*Handler, *http.Request) (any, *refusal) {
	return text{"application/json; charset=utf-8", Document()}, nil
}
