package filter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// varied builds a workspace with things that have a value of every type, and people with names and interactions.
func varied(b *testing.B, size int) *world.State {
	b.Helper()
	made, ok := variedStates[size]
	if ok {
		return made
	}
	var all []seeded
	for i := range size {
		all = append(all, seeded{"companies", strconv.Itoa(i), map[string]any{"name": fmt.Sprintf("Company %d Ltd", i)}})
	}
	for i := range size {
		n := i * 7919 % size
		at := noon.Add(time.Duration(n) * time.Minute)
		all = append(all, seeded{"people", strconv.Itoa(i), map[string]any{
			"name": fmt.Sprintf("Lovelace %d, Ada Augusta", n),
			"last_interaction": map[string]any{"interaction_type": []string{"email", "call"}[n%2], "interacted_at": at.Format(time.RFC3339),
				"owner_actor": map[string]any{"type": "workspace-member", "id": ada}},
		}})
		all = append(all, seeded{"things", strconv.Itoa(i), map[string]any{
			"code": strconv.Itoa(n), "title": fmt.Sprintf("Thing Number %d of a few", n), "size": n, "done": n%2 == 0, "price": n, "stars": n % 6,
			"day": at.Format(time.DateOnly), "at": at.Format(time.RFC3339), "stage": poolStages[n%3], "color": poolColors[n%3],
			"colors": []string{poolColors[n%3], poolColors[(n+1)%3]}, "owner": []string{"ada@example.com", "bob@example.com"}[n%2],
			"near": []any{refTo("companies", strconv.Itoa(n))}, "place": "1 Main St, Springfield, IL, 62701, US",
			"sites": []string{fmt.Sprintf("app.site%d.com", n)}, "mails": []string{fmt.Sprintf("person%d@mail.example.com", n)},
			"phones": []string{fmt.Sprintf("+1212555%04d", n%10000)},
		}})
	}
	variedStates[size] = build(b, all)
	return variedStates[size]
}

var variedStates = map[int]*world.State{} // benchmarks run one after another

// scans are conditions that only a scan can answer, and what a hand-written loop asks each value instead.
var scans = []struct {
	name, object, attribute, condition string
	hand                               func(attribute.Value) bool
}{
	{"text_$eq", "things", "title", `{"$eq":"thing number 7 of a few"}`, func(v attribute.Value) bool {
		return strings.EqualFold(string(v.(attribute.Text)), "thing number 7 of a few")
	}},
	{"text_$contains", "things", "title", `{"$contains":"BER 77"}`, func(v attribute.Value) bool {
		return strings.Contains(strings.ToLower(string(v.(attribute.Text))), "ber 77")
	}},
	{"text_$starts_with", "things", "title", `{"$starts_with":"THING number 77"}`, func(v attribute.Value) bool {
		return strings.HasPrefix(strings.ToLower(string(v.(attribute.Text))), "thing number 77")
	}},
	{"text_$ends_with", "things", "title", `{"$ends_with":"7 of A few"}`, func(v attribute.Value) bool {
		return strings.HasSuffix(strings.ToLower(string(v.(attribute.Text))), "7 of a few")
	}},
	{"text_$in", "things", "title", `{"$in":["Thing Number 7 of a few","Thing number 8 of a few"]}`, func(v attribute.Value) bool {
		return slices.Contains([]string{"thing number 7 of a few", "thing number 8 of a few"}, strings.ToLower(string(v.(attribute.Text))))
	}},
	{"number_range", "things", "size", `{"$gte":100,"$lt":200}`, func(v attribute.Value) bool { return v.(attribute.Number) >= 100 && v.(attribute.Number) < 200 }},
	{"currency", "things", "price", `{"$lt":100}`, func(v attribute.Value) bool { return v.(attribute.Money) < 100 }},
	{"rating", "things", "stars", `{"$eq":5}`, func(v attribute.Value) bool { return v.(attribute.Rating) == 5 }},
	{"checkbox", "things", "done", `true`, func(v attribute.Value) bool { return bool(v.(attribute.Checkbox)) }},
	{"date", "things", "day", `{"$gt":"2026-01-20"}`, func(v attribute.Value) bool { return v.(attribute.Date) > "2026-01-20" }},
	{"timestamp", "things", "at", `{"$gt":"2026-01-20T00:00:00Z"}`, func(v attribute.Value) bool { return v.(attribute.Timestamp).After(noon.Add(108 * time.Hour)) }},
	{"created_at", "things", "created_at", `{"$lt":"2026-01-20T00:00:00Z"}`, func(v attribute.Value) bool { return v.(attribute.Timestamp).Before(noon.Add(108 * time.Hour)) }},
	{"status", "things", "stage", `"Won"`, func(v attribute.Value) bool { return v.(attribute.StatusID) != "" }},
	{"active_from", "things", "stage", `{"active_from":{"$gt":"2026-01-01"}}`, func(attribute.Value) bool { return true }},
	{"select", "things", "color", `"Blue"`, func(v attribute.Value) bool { return v.(attribute.OptionID) != "" }},
	{"multiselect", "things", "colors", `"Blue"`, func(v attribute.Value) bool { return v.(attribute.OptionID) != "" }},
	{"actor", "things", "owner", `{"referenced_actor_type":"workspace-member","referenced_actor_id":"` + string(ada) + `"}`, func(v attribute.Value) bool { return v.(attribute.ActorReference).ID == ada }},
	{"target_object", "things", "near", `{"target_object":"companies"}`, func(v attribute.Value) bool { return v.(attribute.RecordReference).Object != "" }},
	{"location", "things", "place", `{"locality":{"$starts_with":"spring"}}`, func(v attribute.Value) bool {
		return strings.HasPrefix(strings.ToLower(*v.(attribute.Location).Locality), "spring")
	}},
	{"root_domain", "things", "sites", `{"root_domain":{"$contains":"E77"}}`, func(v attribute.Value) bool {
		return strings.Contains(strings.ToLower(v.(attribute.Domain).Root), "e77")
	}},
	{"e-mail_local_specifier", "things", "mails", `{"email_local_specifier":{"$starts_with":"Person7"}}`, func(v attribute.Value) bool {
		return strings.HasPrefix(strings.ToLower(v.(attribute.EmailAddress).Local), "person7")
	}},
	{"e-mail_address", "things", "mails", `{"$contains":"N77"}`, func(v attribute.Value) bool {
		return strings.Contains(strings.ToLower(v.(attribute.EmailAddress).Address), "n77")
	}},
	{"phone_number", "things", "phones", `{"$contains":"55501"}`, func(v attribute.Value) bool { return strings.Contains(v.(attribute.PhoneNumber).Number, "55501") }},
	{"full_name", "people", "name", `{"$contains":"CE 77"}`, func(v attribute.Value) bool {
		return strings.Contains(strings.ToLower(v.(attribute.PersonalName).Full), "ce 77")
	}},
	{"last_name", "people", "name", `{"last_name":{"$ends_with":"77"}}`, func(v attribute.Value) bool {
		return strings.HasSuffix(strings.ToLower(v.(attribute.PersonalName).Last), "77")
	}},
	{"first_name_$not_empty", "people", "name", `{"first_name":{"$not_empty":true}}`, func(v attribute.Value) bool { return v.(attribute.PersonalName).First != "" }},
	{"interacted_at", "people", "last_interaction", `{"interacted_at":{"$gt":"2026-01-20T00:00:00Z"}}`, func(v attribute.Value) bool { return v.(attribute.Interaction).At.After(noon.Add(108 * time.Hour)) }},
}

// BenchmarkScan evaluates conditions of every type and operator by a scan, in turns with a hand-written loop over the
// same records. "of-hand" is the ratio of their times.
func BenchmarkScan(b *testing.B) {
	for _, size := range sizes(b)[1:] {
		if size > 100_000 {
			continue
		}
		for _, s := range scans {
			b.Run(fmt.Sprintf("%s/%d", s.name, size), func(b *testing.B) {
				state := varied(b, size)
				records := source(b, state, s.object)
				query := Query{Filter: decode(b, fmt.Sprintf(`{%q:%s}`, s.attribute, s.condition))}
				if n, err := query.Count(records); err != nil || n == 0 { // makes the column
					b.Fatal(n, err)
				}
				of, d := definition(state, s.object, s.attribute)
				var ours, byHand fastest
				values := 0
				for b.Loop() {
					start := time.Now()
					if n, err := query.Count(records); err != nil || n == 0 {
						b.Fatal(n, err)
					}
					ours.add(time.Since(start))
					start = time.Now()
					found := 0
					values = 0
					for record := range state.Records(of) {
						for _, held := range record.Active(d) {
							values++
							if s.hand(held.Value) {
								found++
							}
						}
					}
					byHand.add(time.Since(start))
					if found == 0 {
						b.Fatal("the hand-written loop found nothing")
					}
				}
				b.ReportMetric(ours.of(byHand), "of-hand")
				b.ReportMetric(float64(values)/time.Duration(ours).Seconds()/1e6, "Mvalues/s")
			})
		}
	}
}

// fastest is the shortest of some durations: other programs only ever make one longer.
type fastest time.Duration

func (f *fastest) add(d time.Duration) {
	if *f == 0 || fastest(d) < *f {
		*f = fastest(d)
	}
}

func (f fastest) of(other fastest) float64 { return float64(f) / float64(other) }

func (f fastest) micros() float64 { return float64(f) / 1000 }
