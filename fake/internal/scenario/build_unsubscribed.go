package scenario

// addUnsubscribed fills the list of the unsubscribed, by the rules of the API.
func (b *builder) addUnsubscribed() {
	for _, n := range b.workspace.items("unsubscribed") {
		if n.kind != kindString {
			continue // which is reported
		}
		if _, err := b.tx.Unsubscribe([]string{n.text}); err != nil {
			b.problems.add(n.position, "%s is no e-mail address that Attio takes; write one like ada@example.com", quote(n.text))
		}
	}
}
