package probe

import (
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// lookup returns the text at a path such as "data[0].id.record_id" or "data[access_level=admin].email_address", or "". Where no
// element has the value, the first one is taken.
func lookup(n *compare.Node, path string) string {
	for part := range strings.SplitSeq(path, ".") {
		key, index, indexed := strings.Cut(strings.TrimSuffix(part, "]"), "[")
		if n = n.Field(key); n == nil {
			return ""
		}
		if indexed {
			if n = element(n, index); n == nil {
				return ""
			}
		}
	}
	return n.Text
}

func element(array *compare.Node, index string) *compare.Node {
	if len(array.Items) == 0 {
		return nil
	}
	if i, err := strconv.Atoi(index); err == nil {
		if i < len(array.Items) {
			return array.Items[i]
		}
		return nil
	}
	key, value, _ := strings.Cut(index, "=")
	for _, item := range array.Items {
		if field := item.Field(key); field != nil && field.Text == value {
			return item
		}
	}
	return array.Items[0]
}

// texts returns the text at a key of each element of data.
func texts(n *compare.Node, key string) []string {
	var found []string
	if list := n.Field("data"); list != nil {
		for _, item := range list.Items {
			text := ""
			if field := item.Field(key); field != nil {
				text = field.Text
			}
			found = append(found, text)
		}
	}
	return found
}
