package phrase

const (
	InTheGlossary = "In the glossary"
)
