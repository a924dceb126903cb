package phrase

const (
	ATraceOfARealProgram             = "A trace of a real program"
	ThisIsWhatARealGo                = "This is what a real Go program did on a real computer, as its execution trace tells it. Step through it as through a run: board, calls and timeline are drawn from its events."
	WhatATraceDoesNotTell            = "What a trace does not tell"
	InWhichQueueARunnableGoroutine   = "in which queue a runnable goroutine waits, or behind whom"
	OnWhichCoreAThreadIs             = "on which core a thread is, and what threads without a P do"
	WhatChannelsAndLocksHoldAnd      = "what channels and locks hold, and at which one a goroutine waits"
	VariablesAndTheSizesAndAddresses = "variables, and the sizes and addresses of stacks: calls are those of the last event that has them"
	WhatTheProgramPrints             = "what the program prints"
	NothingOfThatIsDrawnThe          = "Nothing of that is drawn. The file stays in this page; it is sent nowhere."
	BackToTheProgram                 = "Back to the program"
)
