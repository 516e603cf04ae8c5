package console

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
)

const docsPath = prefix + "docs"

// evidenceFile is a copy of docs/evidence.json, which a package elsewhere cannot embed. A test of package fake compares them;
// "make docs" makes the copy.
//
//go:embed evidence.json
var evidenceFile []byte

func docsSection() section {
	return section{title: "Docs", path: docsPath, pages: []route{{"GET", docsPath, (*Console).docs}}}
}

// docsPage is the data of the page of documents.
type docsPage struct {
	Query      string
	Operations []operationDoc
	Tags       []tagDoc
	Found, All int  // how many operations and routes are shown, and how many there are
	Open       bool // whether they are shown unfolded, because there are few
}

// operationDoc is an operation of Attio's API.
type operationDoc struct {
	*attio.Operation
	Scopes   []scopesDoc
	Evidence *evidence // nil if it is not built
	text     string    // in which the filter looks
}

// scopesDoc is the scopes that an operation needs where {target} of its path is Target.
type scopesDoc struct {
	Target string
	Scopes []attio.Scope
}

// evidence says what shows that an operation answers as Attio does: a row of docs/evidence.json.
type evidence struct {
	Recorded []string
	Contract bool
	Clients  map[string]string
	Tests    []string
}

// tagDoc is a part of the control API.
type tagDoc struct {
	Name   string
	Routes []routeDoc
}

// routeDoc is a route of the control API.
type routeDoc struct {
	ID, Method, Path, Summary, Description string
	Inputs                                 []inputDoc
	Curl                                   string
	text                                   string // in which the filter looks
}

// inputDoc is a parameter of a route, or a field of its body.
type inputDoc struct {
	Name, In, Description string
	Required              bool
}

// docs shows Attio's operations and the control API, or those of both in whose text each word of the filter is.
func (c *Console) docs(r *http.Request) (page, error) {
	operations, err := operationDocs()
	if err != nil {
		return page{}, err
	}
	tags, err := controlDocs(control.Document())
	if err != nil {
		return page{}, err
	}
	query := r.URL.Query().Get("q")
	words := strings.Fields(strings.ToLower(query))
	data := &docsPage{Query: query, All: len(operations)}
	lacks := func(text string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	}
	data.Operations = slices.DeleteFunc(operations, func(o operationDoc) bool { return lacks(o.text) })
	data.Found = len(data.Operations)
	for _, tag := range tags {
		data.All += len(tag.Routes)
		tag.Routes = slices.DeleteFunc(tag.Routes, func(r routeDoc) bool { return lacks(r.text) })
		if len(tag.Routes) > 0 {
			data.Tags = append(data.Tags, tag)
			data.Found += len(tag.Routes)
		}
	}
	data.Open = data.Found <= 5
	return page{content: data, title: "Docs"}, nil
}

// operationDocs lists Attio's operations with their evidence.
func operationDocs() ([]operationDoc, error) {
	var evidences map[string]*evidence
	if err := json.Unmarshal(evidenceFile, &evidences); err != nil {
		return nil, fmt.Errorf("the evidence cannot be read: %w", err)
	}
	var docs []operationDoc
	for _, op := range attio.Operations() {
		doc := operationDoc{Operation: op, Evidence: evidences[op.Name]}
		text := []any{op.Name, op.Method, op.Path, op.Denial, op.WhyNotBuilt}
		for _, target := range op.Targets() {
			scopes := scopesDoc{target, op.ScopesFor(target)}
			doc.Scopes, text = append(doc.Scopes, scopes), append(text, scopes.Scopes)
		}
		if doc.Evidence != nil {
			text = append(text, doc.Evidence.Recorded, doc.Evidence.Clients, doc.Evidence.Tests)
		}
		doc.text = strings.ToLower(fmt.Sprintln(text...))
		docs = append(docs, doc)
	}
	return docs, nil
}

// openAPI is what the page needs of the document of the control API.
type openAPI struct {
	Tags       []struct{ Name string }
	Paths      map[string]map[string]openAPIRoute
	Components struct{ Schemas map[string]openAPISchema }
}

type openAPIRoute struct {
	OperationID, Summary, Description string
	Tags                              []string
	Parameters                        []inputDoc
	RequestBody                       struct {
		Content map[string]struct{ Schema openAPISchema }
	}
	Samples []struct{ Source string } `json:"x-codeSamples"`
}

type openAPISchema struct {
	Ref         string `json:"$ref"`
	Description string
	Properties  map[string]openAPISchema
	Required    []string
}

// methods is the order in which the routes of one path are shown.
var methods = []string{"get", "post", "put", "patch", "delete"}

// controlDocs lists the routes of the control API by tag, as its document describes them.
func controlDocs(document []byte) ([]tagDoc, error) {
	var api openAPI
	if err := json.Unmarshal(document, &api); err != nil {
		return nil, fmt.Errorf("the document of the control API cannot be read: %w", err)
	}
	var tags []tagDoc
	for _, tag := range api.Tags {
		shown := tagDoc{Name: tag.Name}
		for _, path := range slices.Sorted(maps.Keys(api.Paths)) {
			for _, method := range methods {
				if route, ok := api.Paths[path][method]; ok && slices.Contains(route.Tags, tag.Name) {
					shown.Routes = append(shown.Routes, api.route(tag.Name, strings.ToUpper(method), path, route))
				}
			}
		}
		tags = append(tags, shown)
	}
	return tags, nil
}

func (api *openAPI) route(tag, method, path string, route openAPIRoute) routeDoc {
	doc := routeDoc{ID: route.OperationID, Method: method, Path: path, Summary: route.Summary, Description: route.Description, Inputs: route.Parameters}
	body := route.RequestBody.Content["application/json"].Schema
	if name, ok := strings.CutPrefix(body.Ref, "#/components/schemas/"); ok {
		body = api.Components.Schemas[name]
	}
	for _, name := range slices.Sorted(maps.Keys(body.Properties)) {
		doc.Inputs = append(doc.Inputs, inputDoc{name, "body", body.Properties[name].Description, slices.Contains(body.Required, name)})
	}
	for _, sample := range route.Samples {
		doc.Curl = sample.Source
	}
	doc.text = strings.ToLower(fmt.Sprintln(tag, method, path, doc.ID, doc.Summary, doc.Description, doc.Inputs, doc.Curl))
	return doc
}
