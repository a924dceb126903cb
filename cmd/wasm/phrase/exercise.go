package phrase

const (
	CheckMyProgram              = "Check my program"
	PutItIntoTheEditor          = "Put it into the editor"
	NotYet                      = "not yet"
	WatchItHappen               = "Watch it happen"
	ThisIsTheSolution           = "This is the solution."
	TheSimulatorRunsYourProgram = "The simulator runs your program …"
	ItDoesNotCompileLine        = "It does not compile. Line "
	YouHaveDoneThis             = "You have done this."
)
