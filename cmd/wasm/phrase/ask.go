package phrase

const (
	StopThereAndAskMe          = "Stop there and ask me"
	ChooseOnTheBoardOrHere     = "Choose on the board, or here"
	NoQueueItRunsOnAt          = "no queue: it runs on at once"
	NotNow                     = "Not now"
	YourAnswer                 = "Your answer"
	Check                      = "Check"
	NowLine                    = ": now line "
	ChooseOrWriteAnAnswerFirst = "Choose or write an answer first."
	TheSimulatorRunsTheProgram = "The simulator runs the program …"
	YouHaveAnsweredThis        = "You have answered this."
)
