package phrase

const (
	AndSoManyMore              = " and {1} more"
	WhichWaitsFor              = ", which waits for {1}"
	NoGoroutine                = "no goroutine"
	NoP                        = "no P"
	AndSoOn                    = "And so on."
	HasEndedOrIsNotYet         = "{1} has ended or is not yet made."
	ItWaitsForItselfADeadlock  = "It waits for itself: a deadlock."
	WaitsForADeadlockACircle   = "{1} waits for {2}: a deadlock, a circle in which none can go on."
	RunsFor                    = "{1} runs, for {2}."
	RunsAsFarAsItsScheduler    = "{1} runs as far as its scheduler knows, but its thread {2} is on no core."
	RunsOnWhichHoldsAndIs      = "{1} runs on {2}, which holds {3} and is on core {4}, for {5}."
	RunsOnWhichIsOnCore        = "{1} runs on {2}, which is on core {3}, for {4}."
	ItIsIn                     = "It is in {1}{2}."
	ItWasAskedToStopAnd        = "It was asked to stop, and stops where a signal finds it."
	ItWasAskedToStopAndWill    = "It was asked to stop, and will at its next function call: a loop without calls goes on."
	NobodyTakesTheThreadFromIt = "Nobody takes the thread from it: it runs until it blocks, ends, yields or enters the kernel."
	NobodyTakesThePFromIt      = "Nobody takes the P from it: it runs until it blocks, ends, yields or enters the kernel for long."
	ItsTimeSliceOfBeginsWhen   = "Its time slice of {1} begins when sysmon next looks: it has not seen this tick of {2} yet."
	ItsTimeSliceIsUsedUp       = "Its time slice is used up: sysmon asks it to stop when it next looks."
	OfItsTimeSliceAreLeft      = "Of its time slice, {1} are left, counted from when sysmon first saw it."

	// The links of a list, one after the other.
	LinkFirst = "{1}"
	LinkComma = ", {1}"
	LinkAnd   = " and {1}"
)
