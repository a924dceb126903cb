package phrase

const (
	ForkOriginal                = "the original"
	BothAreShownAsTheyStand     = "; both are shown as they stand at the same time."
	ARunFromTheBeginningUnder   = "a run from the beginning under "
	ARunFromTheBeginningWith    = "a run from the beginning with another GOMAXPROCS"
	ARunFromTheBeginningOn      = "a run from the beginning on a computer with another number of cores"
	ForkChangedProgram          = "the changed program"
	TheChangedProgramRunFromIts = "the changed program, run from its beginning on the same computer with the same seed"
	SeedNumber                  = "seed "
	AfterEvent                  = " after event "
	TheSameRunUpToEvent         = "the same run up to event "
	FromThereOnItDrawsAll       = "; from there on it draws all that is left to chance from seed "
)
