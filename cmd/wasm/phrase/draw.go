package phrase

const (
	StandardInputIsEmptyHereWhoever = " · standard input is empty here: whoever reads it finds its end"
	NothingHasHappenedYetTheFirst   = "Nothing has happened yet. The first event is the start of the computer."
	TheRuntimeStillStartsTheBoard   = "The runtime still starts; the board shows the computer as it is when that is done."
	PlayAndNextEventNowStart        = "Play and Next event now start at main. Previous event goes back from here."
	StackOf                         = "Stack of "
	FollowName                      = "Follow "
	FollowBack                      = " back"
	FollowForward                   = " forward"
	EventNumber                     = "event "
	CommaEvent                      = ", event "
	PressRunTheProgramRunsTo        = "Press <b>Run</b>. The program runs to its end in virtual time; then step through it, forward and back."
)
