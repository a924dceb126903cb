package phrase

const (
	TheSimulatorDidNotAnswerAny = "The simulator did not answer any more and was started again. Press Run."
)
