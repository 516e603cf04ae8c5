package fake

import "slices"

// DeliveryFilter chooses deliveries by their fields of the same names. A field that is left empty takes every
// delivery; a delivery has to match all the others.
type DeliveryFilter struct {
	Workspace string // the slug
	Webhook   string // the id
	Event     string // the type of one of its events: "record.created"
	State     DeliveryState
}

func (f DeliveryFilter) holds(d Delivery) bool {
	return (f.Workspace == "" || d.Workspace == f.Workspace) &&
		(f.Webhook == "" || d.Webhook == f.Webhook) &&
		(f.Event == "" || slices.Contains(d.Events, f.Event)) &&
		(f.State == "" || d.State == f.State)
}

// check refuses what no delivery can have. The words are those of the control API.
func (f DeliveryFilter) check(s *Server) error {
	for _, c := range []struct{ condition, value string }{
		{"workspace", f.Workspace}, {"webhook", f.Webhook}, {"event_type", f.Event}, {"state", string(f.State)},
	} {
		if c.value == "" {
			continue
		}
		if err := s.control.CheckDelivery(c.condition, c.value); err != nil {
			return err
		}
	}
	return nil
}
