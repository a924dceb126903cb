package phrase

const (
	NobodyWhoMayStillRunCan         = "Nobody who may still run can reach what {1} waits for: it will never run again."
	ATimerThatIsArmedLeads          = "A timer that is armed leads there."
	APackageLevelVariableLeadsThere = "A package-level variable leads there: anybody could come."
	AnotherProcessMayHaveTheOther   = "Another process may have the other end; whose, the memory of this one does not tell."
	WhoCouldComeIsTooMuch           = "Who could come is too much to look at here: there are many goroutines, or much memory."
	WokeGoroutinesThereBefore       = "{1} woke goroutines there before."
	OnlyHasItAtHand                 = "Only {1} has it at hand."
	HasItAtHand                     = "{1} has it at hand."
	OtherHasItAtHandToo             = "{1} [other has|others have] it at hand too."
	Could                           = "{1} could: {2}."
	WhoeverCouldReachItWillNever    = "Whoever could reach it will never run again either: {1} waits for ever."
	OnlyCouldReachItAndWill         = "Only {1} could reach it, and will never run again either: {2} waits for ever."
	OnlyAPackageLevelVariableLeads  = "Only a package-level variable leads there, and nobody is left who will run: {1} waits for ever."
	NothingLeadsToItAnyMore         = "Nothing leads to it any more, no stack, variable or timer: {1} waits for ever. It has leaked."
)
