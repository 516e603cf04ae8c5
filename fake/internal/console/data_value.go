package console

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// value is one value of a record in an answer of Attio's API, whatever its type.
type value struct {
	ActiveFrom  time.Time      `json:"active_from"`
	ActiveUntil *time.Time     `json:"active_until"`
	CreatedBy   actor          `json:"created_by_actor"`
	Type        attribute.Type `json:"attribute_type"`

	Value           any         `json:"value"`
	CurrencyCode    *string     `json:"currency_code"`
	CurrencyValue   json.Number `json:"currency_value"`
	Status          *choice     `json:"status"`
	Option          *choice     `json:"option"`
	TargetObject    string      `json:"target_object"`
	TargetRecord    attio.ID    `json:"target_record_id"`
	ReferencedType  string      `json:"referenced_actor_type"`
	ReferencedID    attio.ID    `json:"referenced_actor_id"`
	Domain          string      `json:"domain"`
	EmailAddress    string      `json:"email_address"`
	OriginalEmail   string      `json:"original_email_address"`
	PhoneNumber     string      `json:"phone_number"`
	CountryCode     *string     `json:"country_code"`
	FirstName       string      `json:"first_name"`
	LastName        string      `json:"last_name"`
	FullName        string      `json:"full_name"`
	InteractionType string      `json:"interaction_type"`
	InteractedAt    time.Time   `json:"interacted_at"`
	OwnerActor      actor       `json:"owner_actor"`
	Line1           *string     `json:"line_1"`
	Line2           *string     `json:"line_2"`
	Line3           *string     `json:"line_3"`
	Line4           *string     `json:"line_4"`
	Locality        *string     `json:"locality"`
	Region          *string     `json:"region"`
	Postcode        *string     `json:"postcode"`
	Latitude        *string     `json:"latitude"`
	Longitude       *string     `json:"longitude"`
}

// choice is a status or an option of a select attribute.
type choice struct {
	Title      string `json:"title"`
	IsArchived bool   `json:"is_archived"`
}

// actor is who did something.
type actor struct {
	Type attio.ActorType `json:"type"`
	ID   attio.ID        `json:"id"`
}

// cell is a value as a page shows it.
type cell struct {
	Kind string // how it looks: text, number, check, stars, badge, time, or link
	Text string
	Href string // where it leads
	Note string // more about it
	Out  bool   // it leads out of the console
}

// values decodes the values of an attribute. Numbers keep their decimals.
func values(raw json.RawMessage) []value {
	var all []value
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	_ = decoder.Decode(&all) // Attio's API has written it
	return all
}

// cells returns how a page shows the values of an attribute.
func (l *lens) cells(all []value) []cell {
	shown := make([]cell, len(all))
	for i, v := range all {
		shown[i] = l.cell(v)
	}
	return shown
}

func (l *lens) cell(v value) cell {
	if show, ok := showings.Get()[v.Type]; ok {
		return show(l, v)
	}
	return cell{Kind: "text", Text: v.plain()}
}

// showings says how values of a type are shown.
var showings = lazy.Of[map[attribute.Type]func(*lens, value) cell]{Make: func() map[attribute.Type]func(*lens, value) cell {
	return map[attribute.Type]func(*lens, value) cell{
		attribute.TypeText: func(_ *lens, v value) cell {
			text := v.plain()
			if u, err := url.Parse(text); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
				return cell{Kind: "link", Text: text, Href: text, Out: true}
			}
			return cell{Kind: "text", Text: text}
		},
		attribute.TypeNumber: func(_ *lens, v value) cell { return cell{Kind: "number", Text: grouped(v.plain())} },
		attribute.TypeCheckbox: func(_ *lens, v value) cell {
			return cell{Kind: "check", Text: map[bool]string{true: "Yes", false: "No"}[v.Value == true]}
		},
		attribute.TypeCurrency: func(_ *lens, v value) cell {
			return cell{Kind: "number", Text: strings.TrimSpace(grouped(v.CurrencyValue.String()) + " " + deref(v.CurrencyCode))}
		},
		attribute.TypeDate:      func(_ *lens, v value) cell { return cell{Kind: "time", Text: v.plain()} },
		attribute.TypeTimestamp: func(_ *lens, v value) cell { return moment(v.plain()) },
		attribute.TypeRating: func(_ *lens, v value) cell {
			stars, _ := strconv.Atoi(v.plain())
			return cell{Kind: "stars", Text: strings.Repeat("★", stars) + strings.Repeat("☆", max(0, 5-stars)), Note: v.plain() + " of 5"}
		},
		attribute.TypeStatus: func(_ *lens, v value) cell { return v.Status.cell() },
		attribute.TypeSelect: func(_ *lens, v value) cell { return v.Option.cell() },
		attribute.TypeRecordReference: func(l *lens, v value) cell {
			return l.recordLink(v.TargetObject, v.TargetRecord)
		},
		attribute.TypeActorReference: func(l *lens, v value) cell {
			return cell{Kind: "actor", Text: l.actorName(attio.ActorType(v.ReferencedType), v.ReferencedID), Note: v.ReferencedType}
		},
		attribute.TypeLocation: func(_ *lens, v value) cell {
			var parts []string
			for _, part := range []*string{v.Line1, v.Line2, v.Line3, v.Line4, v.Postcode, v.Locality, v.Region, v.CountryCode} {
				if part != nil && *part != "" {
					parts = append(parts, *part)
				}
			}
			shown := cell{Kind: "text", Text: strings.Join(parts, ", ")}
			if v.Latitude != nil && v.Longitude != nil {
				shown.Note = *v.Latitude + ", " + *v.Longitude
				if shown.Text == "" {
					shown.Text, shown.Note = shown.Note, ""
				}
			}
			return shown
		},
		attribute.TypeDomain: func(_ *lens, v value) cell {
			return cell{Kind: "link", Text: v.Domain, Href: "https://" + v.Domain, Out: true}
		},
		attribute.TypeEmailAddress: func(_ *lens, v value) cell {
			return cell{Kind: "link", Text: v.EmailAddress, Href: "mailto:" + v.EmailAddress, Out: true}
		},
		attribute.TypePhoneNumber: func(_ *lens, v value) cell {
			return cell{Kind: "text", Text: v.PhoneNumber, Note: deref(v.CountryCode)}
		},
		attribute.TypeInteraction: func(l *lens, v value) cell {
			at := moment(v.InteractedAt.Format(time.RFC3339Nano))
			return cell{Kind: "time", Text: at.Text, Note: v.InteractionType + " of " + l.actorName(v.OwnerActor.Type, v.OwnerActor.ID)}
		},
		attribute.TypePersonalName: func(_ *lens, v value) cell { return cell{Kind: "text", Text: v.FullName} },
	}
}}

// plain returns the member "value" as text.
func (v value) plain() string {
	switch plain := v.Value.(type) {
	case string:
		return plain
	case json.Number:
		return plain.String()
	case bool:
		return strconv.FormatBool(plain)
	}
	return ""
}

func (c *choice) cell() cell {
	if c == nil {
		return cell{}
	}
	shown := cell{Kind: "badge", Text: c.Title}
	if c.IsArchived {
		shown.Note = "archived"
	}
	return shown
}

// moment shows a timestamp to the second.
func moment(text string) cell {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return cell{Kind: "time", Text: text}
	}
	return cell{Kind: "time", Text: timeText(t), Note: attio.Time{Time: t}.String()}
}

func timeText(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") }

// grouped separates the thousands of a number with thin spaces.
func grouped(number string) string {
	whole, rest := number, ""
	if i := strings.IndexAny(number, ".eE"); i >= 0 {
		whole, rest = number[:i], number[i:]
	}
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "\u202f" + whole[i:]
	}
	return sign + whole + rest
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// recordLink shows a record as a link to its page.
func (l *lens) recordLink(object string, id attio.ID) cell {
	return cell{Kind: "link", Text: l.labelOf(object, id), Href: l.link("objects/" + object + "/records/" + string(id)), Note: object}
}
