package diagnosis

// listening returns the model as if it had never heard how this case was told.
func listening(m *Model, id string) *Model {
	for _, s := range sayings() {
		if s.id == id {
			n := *m
			n.ear = m.ear.forget(s, m.causeIndex[s.cause])
			return &n
		}
	}
	return m
}
