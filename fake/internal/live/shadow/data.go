package shadow

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// data is what is known of the data of the two servers, as far as it concerns one request.
type data struct {
	touched bool // the fake has made or changed something that the request is about, and the other server has not
	kin     bool // the two have things in common, as after fakeattio pull --as-is
}

// alike reports whether two answers are about the same things, so that content can be compared. An answer of a kindred server that
// has less than the fake's lacks it; one that has more knows what the fake does not.
func (d data) alike(own, other []byte) bool {
	ownIDs, otherIDs := idsIn(own), idsIn(other)
	switch {
	case d.touched:
		return false
	case slices.Equal(ownIDs, otherIDs):
		return true
	}
	return d.kin && !slices.ContainsFunc(otherIDs, func(id string) bool { _, known := slices.BinarySearch(ownIDs, id); return !known })
}

// idsIn lists the ids in a body, sorted, each once.
func idsIn(body []byte) []string {
	found := ids.Get().FindAllString(string(body), -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// workspaceID finds the workspace of an answer, which nearly every answer names.
var workspaceID = lazy.New(`"workspace_id":\s*"([0-9a-fA-F-]{36})"`)

// relation is what the answers so far say about how the two servers stand to each other, for one token.
type relation struct {
	own, other []byte // the ids of the workspace: a scenario gives it another one than Attio
	kin        bool   // the latest successes with ids have some in common
}

// learn takes two answers into account, and returns the body of the other one with the id of the fake's workspace.
func (n *relation) learn(own, other compare.Answer) []byte {
	if ours, theirs := workspaceID.Get().FindSubmatch(own.Body), workspaceID.Get().FindSubmatch(other.Body); ours != nil && theirs != nil {
		n.own, n.other = bytes.Clone(ours[1]), bytes.Clone(theirs[1])
	}
	body := other.Body
	if !bytes.Equal(n.own, n.other) {
		body = bytes.ReplaceAll(body, n.other, n.own)
	}
	if own.Status < http.StatusMultipleChoices && other.Status < http.StatusMultipleChoices {
		workspace := func(id string) bool { return id == string(n.own) }
		ours, theirs := slices.DeleteFunc(idsIn(own.Body), workspace), slices.DeleteFunc(idsIn(body), workspace)
		if len(ours) > 0 && len(theirs) > 0 {
			n.kin = slices.ContainsFunc(theirs, func(id string) bool { _, common := slices.BinarySearch(ours, id); return common })
		}
	}
	return body
}

// aligned returns a body of the other server with the elements of each array in the fake's order, where the two have the same ones,
// and the places of the arrays that it had in another.
func aligned(own, other []byte) (body []byte, moved []string) {
	ours, err := compare.Parse(own)
	if err != nil {
		return other, nil
	}
	theirs, err := compare.Parse(other)
	if err != nil {
		return other, nil
	}
	if moved = align("", ours, theirs); moved == nil {
		return other, nil
	}
	return theirs.JSON(), moved
}

func align(path string, own, other *compare.Node) (moved []string) {
	if own.Kind != other.Kind {
		return nil
	}
	if own.Kind == compare.Array && reorder(own, other) {
		moved = append(moved, path)
	}
	for i, item := range own.Items {
		switch {
		case own.Kind == compare.Object:
			if counterpart := other.Field(own.Keys[i]); counterpart != nil {
				moved = append(moved, align(strings.TrimPrefix(path+"."+own.Keys[i], "."), item, counterpart)...)
			}
		case i < len(other.Items):
			moved = append(moved, align(path+"[]", item, other.Items[i])...)
		}
	}
	return moved
}

// reorder puts the elements of the other array into the order of the fake's by their ids, and reports whether they were in another.
func reorder(own, other *compare.Node) bool {
	ours, theirs := idsOf(own), idsOf(other)
	if ours == nil || slices.Equal(ours, theirs) || !slices.Equal(slices.Sorted(slices.Values(ours)), slices.Sorted(slices.Values(theirs))) {
		return false
	}
	items := make([]*compare.Node, len(ours))
	for i, id := range ours {
		items[i] = other.Items[slices.Index(theirs, id)]
	}
	other.Items = items
	return true
}

// idsOf returns the ids of the elements of an array, nil if not every one has an id.
func idsOf(array *compare.Node) []string {
	var all []string
	for _, item := range array.Items {
		id := item.Field("id")
		if id == nil {
			return nil
		}
		all = append(all, string(id.JSON()))
	}
	return all
}

// inAnotherOrder is the difference of elements in another order, which a client that asks for an order relies on.
func inAnotherOrder(r *Request, path string) compare.Difference {
	severity := compare.Harmless
	if strings.Contains(string(r.Body), `"sorts"`) {
		severity = compare.Notable
	}
	return compare.Difference{Path: path, Kind: compare.OfOrder, Severity: severity, Want: "the same elements in another order", Got: "the elements"}
}
