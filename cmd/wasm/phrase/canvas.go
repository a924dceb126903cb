package phrase

const (
	LanesAppearWhenTheProgramRuns = "Lanes appear when the program runs."
	Milliseconds                  = " ms"
)
