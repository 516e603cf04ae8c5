package yamltree

// flow reads a flow collection, which may go over several lines.
func (q *quick) flow(depth int) *Node {
	q.require(depth <= maxDepth)
	if q.peek() == '[' {
		return q.flowSequence(depth)
	}
	n := q.leaf(q.place(q.at), KindMapping, "")
	q.at++
	first := len(q.openFields)
	for q.another('}') {
		f := Field{At: q.place(q.at)}
		text, kind := q.scalar(flowKeyContext)
		f.Name = q.key(text, kind)
		q.require(q.peek() == ':')
		q.at++
		q.require(kind == quotedScalar || q.peek() == ' ' || q.peek() == '\n')
		q.blank()
		f.Value = q.inline(depth + 1)
		q.openFields = append(q.openFields, f)
		q.comma('}')
	}
	q.require(q.fillFields(n, first) == nil)
	return n
}

func (q *quick) flowSequence(depth int) *Node {
	n := q.leaf(q.place(q.at), KindSequence, "")
	q.at++
	first := len(q.openItems)
	for q.another(']') {
		q.openItems = append(q.openItems, q.inline(depth+1))
		q.comma(']')
	}
	q.fill(n, first)
	return n
}

// another goes to the next entry of a flow collection, or behind its end.
func (q *quick) another(end byte) bool {
	q.blank()
	if q.peek() == end {
		q.at++
		return false
	}
	return true
}

// comma passes the comma behind an entry, which the last one does not need.
func (q *quick) comma(end byte) {
	q.blank()
	if q.peek() == ',' {
		q.at++
	} else {
		q.require(q.peek() == end)
	}
}

// inline reads an entry of a flow collection.
func (q *quick) inline(depth int) *Node {
	q.require(depth <= maxDepth)
	switch q.peek() {
	case '{', '[':
		return q.flow(depth)
	case '*':
		return q.alias(depth)
	case '&':
		return q.named(func() *Node {
			q.require(q.peek() == ' ')
			q.spaces()
			q.require(q.peek() != '&')
			return q.inline(depth)
		})
	}
	at := q.place(q.at)
	text, kind := q.scalar(flowValueContext)
	return q.leafOf(at, text, kind)
}

// blank passes spaces, line breaks and comments. At the end of the text it gives up.
func (q *quick) blank() {
	for {
		q.spaces()
		if q.peek() == '#' {
			q.require(q.at == q.start || q.text[q.at-1] == ' ')
			q.skipComment()
		}
		q.require(!q.atEnd())
		if q.peek() != '\n' {
			return
		}
		q.feed()
	}
}
