package phrase

const (
	ProgramNamed = "Program "
)
