package phrase

const (
	ThisCellHasNotBeenRun               = "this cell has not been run, or too long ago: press Run"
	LineInG                             = " · in G"
	TheLogHasEventsMoreThan             = "the log has %s events, more than a page can hold. Make the program shorter."
	TheSimulatedComputerTakesMoreMemory = "the simulated computer takes more memory than a page has. Let the program keep less, or start fewer goroutines."
	Stopped                             = "stopped: "
	GoparkItselfHasFailedWhichIs        = "Gopark itself has failed, which is a bug: %v"
)
