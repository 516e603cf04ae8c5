package control

import (
	"strings"
	"testing"
)

func TestTheJournalForgetsTheOldest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ bodySize, sent, kept int }{
		"below both bounds":      {maxKept, 10, 10},
		"too many requests":      {1, maxEntries + 5, maxEntries},
		"too many bytes":         {maxKept, 2 * maxBytes / maxKept, maxBytes / maxKept},
		"bodies are cut to 64KB": {4 * maxKept, maxBytes / maxKept, maxBytes / maxKept},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var journal Journal
			sent := []byte(strings.Repeat("x", tc.bodySize))
			for i := range tc.sent {
				journal.add(Entry{Status: i, Request: cut(sent)})
			}
			got := journal.list(Question{})
			if len(got) != tc.kept || got[len(got)-1].Status != tc.sent-1 || got[0].Status != tc.sent-tc.kept {
				t.Errorf("kept %d, from %d to %d", len(got), got[0].Status, got[len(got)-1].Status)
			}
		})
	}
}
