package pull

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live"
)

// source answers requests: from the file of an interrupted pull, or else from the workspace.
type source struct {
	client  *live.Client
	partial *partial // nil before it is known whose answers there are
	reused  int
	missing []string        // what the token may not read, and why
	strings map[string]bool // every string in the answers, but times and words of Attio's; nil if nobody asks
}

func get(format string, parts ...string) live.Request {
	escaped := make([]any, len(parts))
	for i, part := range parts {
		escaped[i] = url.PathEscape(part)
	}
	return live.Request{Method: http.MethodGet, Path: fmt.Sprintf(format, escaped...)}
}

// fetch reads the answer to a request into a value.
func (s *source) fetch(ctx context.Context, r live.Request, into any) error {
	name := fmt.Sprintf("%s?%s %s", r, r.Query.Encode(), r.Body)
	var answer json.RawMessage
	if s.partial != nil {
		known, ok, err := s.partial.get(name)
		if err != nil {
			return err
		}
		if ok {
			s.reused++
			return s.read(r, known, into)
		}
	}
	if err := s.client.Fetch(ctx, r, &answer); err != nil {
		return err
	}
	if s.partial != nil {
		if err := s.partial.put(name, answer); err != nil {
			return err
		}
	}
	return s.read(r, answer, into)
}

func (s *source) read(r live.Request, answer json.RawMessage, into any) error {
	if s.strings != nil {
		var whole any
		if err := decode(r, answer, &whole); err != nil {
			return err
		}
		s.collect(whole)
	}
	return decode(r, answer, into)
}

// words are the keys of answers with words of Attio's, and of addresses that are made of ids.
var words = []string{
	"attribute_type", "type", "op", "field", "operator", "direction", "event_type", "status", "access_level", "level", "workspace_access",
	"interaction_type", "referenced_actor_type", "display_type", "default_currency_code", "currency_code", "country_code", "target_time_in_status",
	"next_cursor", "web_url",
}

// collect takes note of the strings in an answer, whatever they are.
func (s *source) collect(part any) {
	switch part := part.(type) {
	case map[string]any:
		for key, value := range part {
			if _, isText := value.(string); !isText || !slices.Contains(words, key) {
				s.collect(value)
			}
		}
	case []any:
		for _, item := range part {
			s.collect(item)
		}
	case string:
		if !isTime(part) {
			s.strings[part] = true
		}
	}
}

func isTime(text string) bool {
	for _, layout := range []string{time.DateOnly, time.RFC3339Nano} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

func decode(r live.Request, answer json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(answer))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%s answered what Attio would not: values of other types", r)
	}
	return nil
}

// all returns everything that a request lists.
func all[T any](ctx context.Context, s *source, r live.Request) ([]T, error) {
	var page struct{ Data []T }
	err := s.fetch(ctx, r, &page)
	return page.Data, err
}

// pages returns everything that a request lists in pages of a size, by offsets.
func pages[T any](ctx context.Context, s *source, r live.Request, size int) ([]T, error) {
	var listed []T
	for {
		r.Query = url.Values{"limit": {strconv.Itoa(size)}, "offset": {strconv.Itoa(len(listed))}}
		page, err := all[T](ctx, s, r)
		listed = append(listed, page...)
		if err != nil || len(page) < size {
			return listed, err
		}
	}
}

// permitted takes note of what the token may not read, which is no failure. It reports whether there is anything to read.
func (s *source) permitted(what string, err error) (bool, error) {
	refused, ok := errors.AsType[*live.RefusedError](err)
	switch {
	case !ok || refused.Status != http.StatusForbidden && refused.Status != http.StatusNotFound:
		return err == nil, err
	case refused.Status == http.StatusForbidden:
		s.missing = append(s.missing, what+": "+refused.Message)
	}
	return false, nil
}
