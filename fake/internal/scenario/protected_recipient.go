package scenario

// recipient is an address, or a domain and all addresses there.
type recipient string

func (recipient) form() form {
	return form{"address or domain", `^([^@\s]+@)?[^@\s]+\.[^@\s]+$`, "write one like grace@example.com, or example.com"}
}

// protectRecipients hides e-mails from and to some addresses. No e-mail is there yet, but the state shows none of them later.
func (b *builder) protectRecipients() {
	for _, r := range b.workspace.ProtectedRecipients {
		b.tx.ProtectRecipient(string(r))
	}
}

func (e *exporter) protectedRecipients() any { return texts(e.state.ProtectedRecipients) }
