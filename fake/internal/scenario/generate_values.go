package scenario

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// column is an attribute to make values up for.
type column struct {
	attribute *attribute.Definition
	share     float64 // of the records that have a value
	make      func(*draft) any
	taken     map[any]bool // the values that records have, if no two may have the same
}

// draft is the record that values are made up for. Its names are drawn once, as several values build on them.
type draft struct {
	*generator
	set    *set
	n      int    // its number among the made-up records of its object, from 1
	suffix string // what makes its names different from taken ones

	first, last, company string
}

// columns lists the attributes of an object that clients can write, without references. It is told for how many records.
func (g *generator) columns(object *world.Object, count int) []column {
	var columns []column
	for _, d := range object.Attributes {
		if !d.Writable || d.Computed != "" || d.Type == attribute.TypeRecordReference || !g.tx.Schema.Shows(d) {
			continue
		}
		c := column{attribute: d, share: 0.8, make: g.ofType(d)}
		if d.Unique {
			c.taken = make(map[any]bool, count)
		}
		if own, share := ofStandard(object.Standard + "/" + d.Slug); d.System && share >= 0 {
			c.share = share
			if own != nil {
				c.make = own
			}
		}
		if d.Required {
			c.share = 1
		}
		if c.make != nil && c.share > 0 {
			columns = append(columns, c)
		}
	}
	return columns
}

// ofStandard returns how to make up an attribute of a standard object, and the share of records that have it. Without a
// function the attribute's type decides, and a share below 0 means the usual share.
func ofStandard(path string) (func(*draft) any, float64) {
	switch path {
	case "people/name":
		return func(s *draft) any {
			s.name()
			return attribute.PersonalName{First: s.first, Last: s.last, Full: s.first + " " + s.last}
		}, 1
	case "people/email_addresses":
		return func(s *draft) any { return []any{s.email()} }, 0.97
	case "people/job_title":
		return pickerOf(asTexts(jobTitles)), 0.9
	case "people/phone_numbers":
		return func(s *draft) any { return []any{s.phone()} }, 0.2
	case "people/primary_location":
		return nil, 0.5
	case "companies/name":
		return func(s *draft) any { return s.companyName() }, 1
	case "companies/domains":
		return func(s *draft) any { return []any{hostOf(s.companyName()) + s.suffix + ".example.com"} }, 1
	case "companies/categories":
		return nil, 0.9
	case "companies/foundation_date":
		return func(s *draft) any {
			return strconv.Itoa(1950+s.random.IntN(75)) + fmt.Sprintf("-%02d-%02d", 1+s.random.IntN(12), 1+s.random.IntN(28))
		}, 0.7
	case "deals/name":
		return func(s *draft) any { return pick(s, compounds) + " " + pick(s, undertakings) }, 1
	case "deals/value":
		return func(s *draft) any { return json.Number(strconv.Itoa(500 * (1 + s.random.IntN(400)))) }, 0.95
	case "users/primary_email_address":
		return func(s *draft) any { return s.email() }, 1
	case "users/user_id":
		return func(s *draft) any { return fmt.Sprintf("user-%06d", s.n) + s.suffix }, 1
	case "workspaces/workspace_id":
		return func(s *draft) any { return fmt.Sprintf("workspace-%06d", s.n) + s.suffix }, 1
	case "workspaces/name":
		return func(s *draft) any { return s.companyName() }, 1
	case "people/description", "companies/description":
		return pickerOf(asTexts(remarks)), 0.3
	case "companies/primary_location", "companies/employee_range":
		return nil, 0.8
	case "companies/estimated_arr_usd", "companies/funding_raised_usd":
		return nil, 0.4
	}
	if strings.HasPrefix(path, "people/") || strings.HasPrefix(path, "companies/") || strings.HasPrefix(path, "workspaces/") {
		return nil, 0 // social media and pictures
	}
	return nil, -1
}

// ofType returns how to make up a value of an attribute of which only the type is known, or nil if there is nothing to
// choose from.
func (g *generator) ofType(d *attribute.Definition) func(*draft) any {
	one := g.oneOfType(d)
	if one == nil || !d.Multiselect {
		return one
	}
	return func(s *draft) any {
		list := []any{one(s)}
		if !d.Unique && s.random.IntN(3) == 0 {
			list = append(list, one(s))
		}
		return list
	}
}

func (g *generator) oneOfType(d *attribute.Definition) func(*draft) any {
	switch d.Type {
	case attribute.TypeText:
		return func(s *draft) any {
			if d.Unique {
				return d.Slug + "-" + strconv.Itoa(s.n) + s.suffix
			}
			return pick(s, compounds) + " " + pick(s, undertakings)
		}
	case attribute.TypeNumber:
		return func(s *draft) any { return s.number(d, 1000) }
	case attribute.TypeCurrency:
		return func(s *draft) any { return s.number(d, 100_000) }
	case attribute.TypeCheckbox:
		return func(s *draft) any { return s.random.IntN(2) == 0 }
	case attribute.TypeDate:
		return func(s *draft) any { return s.moment(d, 24*time.Hour).Format(time.DateOnly) }
	case attribute.TypeTimestamp:
		return func(s *draft) any { return attio.Time{Time: s.moment(d, time.Second)}.String() }
	case attribute.TypeRating:
		return func(s *draft) any { return json.Number(strconv.Itoa(s.random.IntN(6))) }
	case attribute.TypeLocation:
		return pickerOf(g.parsed(d, placesAsWritten()))
	case attribute.TypeDomain:
		return func(s *draft) any { return hostOf(s.companyName()) + s.suffix + ".example.net" }
	case attribute.TypeEmailAddress:
		return func(s *draft) any { return s.email() }
	case attribute.TypePhoneNumber:
		return func(s *draft) any {
			if d.Unique {
				return fmt.Sprintf("+1%d555%04d", areaCodes[s.n/10_000%len(areaCodes)], s.n%10_000)
			}
			return s.phone()
		}
	case attribute.TypeSelect:
		var titles []any
		for _, o := range d.Options {
			if !o.Archived {
				titles = append(titles, o.Title)
			}
		}
		return pickerOf(g.parsed(d, titles))
	case attribute.TypeStatus:
		var titles []any
		for _, s := range d.Statuses {
			if !s.Archived {
				titles = append(titles, s.Title)
			}
		}
		return pickerOf(g.parsed(d, titles))
	case attribute.TypeActorReference:
		var members []any
		for _, author := range g.authors {
			if author.Member != "" {
				members = append(members, map[string]any{"referenced_actor_type": string(author.Actor.Type), "referenced_actor_id": string(author.Member)})
			}
		}
		return pickerOf(g.parsed(d, members))
	}
	return nil
}

func pick[T any](s *draft, list []T) T { return list[s.random.IntN(len(list))] }

// pickerOf returns how to choose one of a list, or nil where it is empty.
func pickerOf(list []any) func(*draft) any {
	if len(list) == 0 {
		return nil
	}
	return func(s *draft) any { return pick(s, list) }
}

// asTexts returns texts as values, which all records share.
func asTexts(written []string) []any {
	values := make([]any, len(written))
	for i, text := range written {
		values[i] = attribute.Text(text)
	}
	return values
}

// parsed returns written values as values, which all records share. What cannot be read stays as it is, to be refused.
func (g *generator) parsed(d *attribute.Definition, written []any) []any {
	values := slices.Clone(written)
	for i := range values {
		if value, err := attribute.ParseSeed(g.tx, d, values[i]); err == nil {
			values[i] = value
		}
	}
	return values
}

// number makes up a whole number, or the record's own for a unique attribute.
func (s *draft) number(d *attribute.Definition, limit int) json.Number {
	if d.Unique {
		return json.Number(strconv.Itoa(s.n) + strings.TrimLeft(s.suffix, "-"))
	}
	return json.Number(strconv.Itoa(s.random.IntN(limit)))
}

// moment makes up a point in time, or for a unique attribute one of the record's own, so many units
// before the scenario's clock.
func (s *draft) moment(d *attribute.Definition, unit time.Duration) time.Time {
	if d.Unique {
		return s.created.Add(-time.Duration(s.n) * unit % (200 * 365 * 24 * time.Hour))
	}
	return s.created.Add(-time.Duration(s.random.Int64N(int64(greatestAge)))).Truncate(time.Second)
}

func (s *draft) name() {
	if s.first == "" {
		s.first, s.last = pick(s, firstNames), pick(s, lastNames)
	}
}

func (s *draft) companyName() string {
	if s.company == "" {
		s.company = pick(s, compounds) + pick(s, endings) + " " + pick(s, trades)
	}
	return s.company
}

// email makes up an address at the domain of the person's company.
func (s *draft) email() string {
	s.name()
	return strings.ToLower(s.first+"."+s.last) + s.suffix + "@" + s.mailHost()
}

// mailHost returns the domain of the company that the record belongs to, or one for everybody.
func (s *draft) mailHost() string {
	const everybody = "mail.example.org"
	for _, l := range s.set.links {
		if s.set.object.Standard != "people" || l.attribute.Slug != "company" {
			continue
		}
		again := s.pcg
		chosen := s.choose(l, s.n)
		s.pcg = again
		if len(chosen) == 0 {
			continue
		}
		domains, _ := chosen[0].object.Attribute("domains")
		company, ok := s.tx.Record(chosen[0].object.ID, chosen[0].id)
		if !ok {
			continue
		}
		for _, held := range company.Active(domains) {
			if domain, ok := held.Value.(attribute.Domain); ok {
				return domain.Domain
			}
		}
	}
	return everybody
}

// phone makes up a number of the block that is kept for fiction. It is valid, which need not be checked each time.
func (s *draft) phone() attribute.PhoneNumber {
	area, line := pick(s, areaCodes), 100+s.random.IntN(100)
	number := "+1" + strconv.Itoa(area) + "5550" + strconv.Itoa(line)
	return attribute.PhoneNumber{Number: number, Original: number, Country: "US"}
}

// hostOf makes a host name of a company's name.
func hostOf(name string) string { return strings.ReplaceAll(strings.ToLower(name), " ", "-") }
