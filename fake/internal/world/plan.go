package world

// Plan is the plan that a workspace has bought. The zero value sets no limits.
type Plan string

// The plans of Attio's price list.
const (
	PlanFree       Plan = "free"
	PlanPlus       Plan = "plus"
	PlanPro        Plan = "pro"
	PlanEnterprise Plan = "enterprise"
)

// Plans lists the plans.
func Plans() []Plan { return []Plan{PlanFree, PlanPlus, PlanPro, PlanEnterprise} }

// maxObjects returns how many objects may be enabled at a time. Three for the free plan was found in October 2026; the
// others are from Attio's price list.
func (p Plan) maxObjects() (int, bool) {
	switch p {
	case PlanFree:
		return 3, true
	case PlanPlus:
		return 5, true
	case PlanPro:
		return 12, true
	}
	return 0, false
}

// hasListPermissions reports whether lists can give members different access. That Attio's smaller plans refuse it is
// documented; which plans do is assumed.
func (p Plan) hasListPermissions() bool { return p != PlanFree && p != PlanPlus }

// hasCallRecordings reports whether meetings can have call recordings. That some plans refuse them is documented; which
// plans have them is from Attio's price list.
func (p Plan) hasCallRecordings() bool { return p != PlanFree && p != PlanPlus }

// ExceedsPlan reports whether more objects are enabled than the plan allows. At Attio an admin cannot get there, but a
// test can.
func (s *State) ExceedsPlan() bool {
	limit, ok := s.Plan.maxObjects()
	return ok && s.Schema.enabled() > limit
}

func (s *Schema) enabled() int {
	n := 0
	for _, object := range s.Objects {
		if object.Enabled {
			n++
		}
	}
	return n
}
