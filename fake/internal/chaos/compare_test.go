package chaos

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// effect returns an effect of changes to acme.
func effect(changes ...Change) Effect {
	for i := range changes {
		changes[i].Workspace = "acme"
	}
	return Effect{Changes: changes}
}

func person(id string, values map[string]any) Change {
	return Change{Thing: "record", In: "people", ID: id, Action: created, Values: values}
}

// made is a person whom a client had made with nothing but a name.
func made(id, name string) *Change {
	return &effect(person(id, map[string]any{"name": map[string]any{"full_name": name}})).Changes[0]
}

func note(id, of string) Change {
	return Change{Thing: "note", ID: id, Action: created, Values: map[string]any{"title": "Call", "parent_record_id": of}}
}

func titled(id, title string) Change {
	return Change{Thing: "record", In: "people", ID: id, Action: "changed", Values: map[string]any{"job_title": title}}
}

const (
	one   = "11111111-1111-4111-8111-111111111111"
	two   = "22222222-2222-4222-8222-222222222222"
	three = "33333333-3333-4333-8333-333333333333"
	four  = "44444444-4444-4444-8444-444444444444"
	five  = "55555555-5555-4555-8555-555555555555"
	six   = "66666666-6666-4666-8666-666666666666"
)

func TestFinalStatesAreComparedByWhatTheyMean(t *testing.T) {
	t.Parallel()
	grace := map[string]any{"name": map[string]any{"full_name": "Grace Hopper"}, "job_title": "Admiral"}
	ada := map[string]any{"name": map[string]any{"full_name": "Ada Lovelace"}}
	for name, tc := range map[string]struct {
		want, got Effect
		ignored   string
		diff      []string
	}{
		"the same things with other ids in another order": {
			want: effect(person(one, grace), person(two, ada), note(three, one)),
			got:  effect(note(one, two), person(four, ada), person(two, grace)),
		},
		"a record that was made twice": {
			want: effect(person(one, grace)), got: effect(person(two, grace), person(three, grace)),
			diff: []string{"acme: record of people duplicated: Grace Hopper (" + three + ")"},
		},
		"a record that was made again without all of its values": {
			want: effect(person(one, grace)), got: effect(person(two, grace), person(three, map[string]any{"name": grace["name"]})),
			diff: []string{"acme: record of people duplicated: Grace Hopper (" + three + ")"},
		},
		"a note at another record": {
			want: effect(person(one, grace), person(two, ada), note(three, one)),
			got:  effect(person(one, grace), person(two, ada), note(three, two)),
			diff: []string{"acme: note differs: Call (" + three + `); parent_record_id is "(new people: Ada Lovelace)", not "(new people: Grace Hopper)"`},
		},
		"a record that was not made": {
			want: effect(person(one, grace), person(two, ada)), got: effect(person(three, ada)),
			diff: []string{"acme: record of people lost: Grace Hopper"},
		},
		"a change that was not made": {
			want: effect(titled(one, "Admiral")), got: effect(),
			diff: []string{"acme: record of people lost: " + one + `; job_title should be "Admiral"`},
		},
		"a change to another value": {
			want: effect(titled(one, "Admiral")), got: effect(titled(one, "Captain")),
			diff: []string{"acme: record of people differs: " + one + `; job_title is "Captain", not "Admiral"`},
		},
		"a change of another record": {
			want: effect(), got: effect(titled(one, "Captain")),
			diff: []string{"acme: record of people added: " + one + `; job_title is "Captain"`},
		},
		"an attribute that is not compared": {
			want: effect(titled(one, "Admiral")), got: effect(titled(one, "Captain")), ignored: "people.job_title",
		},
		"an object that is not compared": {
			want: effect(), got: effect(person(one, ada)), ignored: "people",
		},
		"what a fault has taken away, and what refers to it": {
			want: effect(titled(one, "Admiral"), titled(two, "Admiral")),
			got:  Effect{Changes: effect(titled(two, "Admiral")).Changes, Gone: []Gone{{ID: one}}},
		},
		"what the client had made before a fault deleted it, with its note": {
			want: effect(person(one, grace), person(two, ada), note(three, one)),
			got:  Effect{Changes: effect(person(four, ada)).Changes, Gone: []Gone{{ID: five, Made: made(five, "Grace Hopper")}}},
		},
		"what the client has made again": {
			want: effect(person(one, grace), note(three, one)),
			got:  Effect{Changes: effect(person(two, grace), note(four, two)).Changes, Gone: []Gone{{ID: five, Made: made(five, "Grace Hopper")}}},
		},
		"what the client has made again under the same id, but not as it should be": {
			want: effect(person(one, grace)),
			got:  Effect{Changes: effect(person(five, ada)).Changes, Gone: []Gone{{ID: five, Made: made(five, "Grace Hopper")}}},
			diff: []string{"acme: record of people lost: Grace Hopper", "acme: record of people added: Ada Lovelace (" + five + ")"},
		},
		"what the client has made again, twice": {
			want: effect(person(one, grace)),
			got:  Effect{Changes: effect(person(two, grace), person(four, grace)).Changes, Gone: []Gone{{ID: five, Made: made(five, "Grace Hopper")}}},
			diff: []string{"acme: record of people duplicated: Grace Hopper (" + four + ")"},
		},
		"what the client has made again although it lives on in another record": {
			want: effect(person(one, grace)),
			got:  Effect{Changes: effect(person(two, grace)).Changes, Gone: []Gone{{ID: five, Made: made(five, "Grace Hopper"), Becomes: six}}},
			diff: []string{"acme: record of people added: Grace Hopper (" + two + ")"},
		},
		"another loss than that which the fault caused": {
			want: effect(person(one, grace), person(two, ada)),
			got:  Effect{Gone: []Gone{{ID: five, Made: made(five, "Grace Hopper")}}},
			diff: []string{"acme: record of people lost: Ada Lovelace"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diff []string
			for _, d := range (comparison{ignored: map[string]bool{tc.ignored: true}}).differences(tc.want, tc.got) {
				diff = append(diff, d.String())
			}
			if d := cmp.Diff(tc.diff, diff); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}
