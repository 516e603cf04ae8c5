package scim

import (
	"net/http"
	"net/url"
	"strconv"
)

// listResponse is a page of resources.
type listResponse[T any] struct {
	Schemas      []string `json:"schemas"`
	TotalResults int      `json:"totalResults"` // of all pages
	StartIndex   int      `json:"startIndex"`
	ItemsPerPage int      `json:"itemsPerPage"` // on this page
	Resources    []T      `json:"Resources"`
}

// maxCount is how many resources Attio puts on a page. That it does so too where no count is given is assumed.
const maxCount = 100

// list answers with the page of the resources that the query asks for.
func list[T any](query url.Values, schema string, known []field[T], all []T) (*Answer, error) {
	start, err := number(query, "startIndex", 1)
	if err != nil {
		return nil, err
	}
	count, err := number(query, "count", maxCount)
	if err != nil {
		return nil, err
	}
	if text := query.Get("filter"); text != "" {
		selects, err := parseFilter(text, schema, known)
		if err != nil {
			return nil, err
		}
		selected := []T{}
		for _, resource := range all {
			if selects(resource) {
				selected = append(selected, resource)
			}
		}
		all = selected
	}
	return page(all, max(start, 1), min(max(count, 0), maxCount)), nil
}

// page answers with count of the resources, from the one that start counts to.
func page[T any](all []T, start, count int) *Answer {
	shown := all[min(start-1, len(all)):]
	shown = shown[:min(count, len(shown))]
	return &Answer{http.StatusOK, listResponse[T]{[]string{listSchema}, len(all), start, len(shown), shown}}
}

// number reads a number of the query. RFC 7644 says which ones count as others: section 3.4.2.4.
func number(query url.Values, name string, otherwise int) (int, error) {
	text := query.Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, invalidValue("The parameter %s has to be a whole number, not %q.", name, text)
	}
	return n, nil
}
