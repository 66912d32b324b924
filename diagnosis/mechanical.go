package diagnosis

// figuresOf reads every figure of a case into findings.
func (m *Model) figuresOf(c Case, spec calibreSpec) []hit {
	return nil
}
