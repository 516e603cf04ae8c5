package filter

import (
	"errors"
	"net/http"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

func FuzzAFilterIsAnsweredOrRefused(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"title":"x"}`, `{"$or":[{"size":{"$gt":1,"$lte":5}},{"$not":{"stage":"Lead"}}]}`,
		`{"path":[["things","near"],["people","company"],["companies","name"]],"constraints":{"$contains":"a"}}`,
		`{"path":["companies"],"constraints":{}}`, `{"near":{"target_object":"people","target_record_id":"x"}}`,
		`{"at":{"$gte":"2026-01-01T00:00:00Z"}}`, `{"day":{"value":{"$lt":"2026"}}}`, `{"owner":{"referenced_actor_id":null}}`,
		`{"phones":{"phone_number":{"$starts_with":"1"}}}`, `{"colors":{"active_from":{"$lt":"x"}}}`, `{"code":{"$in":["a",1]}}`,
		`{"price":{"$eq":"1e400"}}`, `{"size":1e999}`, `{"title":null}`, `{"$and":{}}`, `[]`, `"x"`,
	} {
		f.Add([]byte(seed))
	}
	state := build(f, menagerie)
	f.Fuzz(func(t *testing.T, raw []byte) {
		filter, err := shape.Decode(raw)
		if err != nil {
			return
		}
		result, err := Query{Filter: filter, Limit: 500}.Run(source(t, state, "things"))
		refusal, isRefusal := errors.AsType[*attio.Error](err)
		switch {
		case err == nil && len(result.Items) > 3:
			t.Errorf("%d of 3 records", len(result.Items))
		case err != nil && (!isRefusal || refusal.Status != http.StatusBadRequest):
			t.Errorf("%v", err)
		}
	})
}
