package phrase

const (
	SetABreakpointFirstChooseA = "Set a breakpoint first: choose a line number, or press F9 in the editor."
	TheProgramIsNotTheOne      = "The program is not the one that ran: press Run."
	NoneInThe20000Events       = "None in the 20,000 events that were looked at."
	NoneBeforeThisInstant      = "None before this instant."
	NoneAfterThisInstant       = "None after this instant."
	BreakpointOnLine           = "Breakpoint on line "
)
