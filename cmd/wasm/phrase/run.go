package phrase

const (
	TheSimulatorReadsTheProgramIn = "The simulator reads the program in …"
	StoppedByYouAt                = "stopped by you at "
	TheRunEnded                   = "The run ended: "
	TheProgramDoesNotCompileSo    = "The program does not compile, so there is nothing to watch. What is wrong stands under <b>Output</b> and at its lines."
	TheProgramDoesNotCompileLine  = "The program does not compile: line "
	TheOriginalIsBack             = "The original is back."
	Undo                          = "Undo"
)
