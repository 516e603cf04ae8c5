package scenario

// recipient is an address, or a domain with all its addresses.
type recipient string

func (recipient) form() form {
	return form{"address or domain", `^([^@\s]+@)?[^@\s]+\.[^@\s]+$`, "write one like grace@example.com, or example.com"}
}

// protectRecipients hides the e-mails from and to some addresses, also those that are added later.
func (b *builder) protectRecipients() {
	for _, r := range b.workspace.ProtectedRecipients {
		b.tx.ProtectRecipient(string(r))
	}
}

func (e *exporter) protectedRecipients() any { return texts(e.state.ProtectedRecipients) }
