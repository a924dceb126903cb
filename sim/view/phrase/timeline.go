package phrase

const (
	TheWorldStops           = "the world stops"
	GarbageCollection       = "garbage collection"
	MarkingBesideTheProgram = "marking beside the program"
	WaitsForALock           = "waits for a lock"
	ARegionOfTheProgram     = "a region of the program's"
	Woke                    = "woke"
	Created                 = "created"
	Stole                   = "stole"
	Handed                  = "handed"
	SchedulersWork          = "scheduler's work"
	SystemCall              = "system call"
	Runnable                = "runnable"
	WorldStopped            = "world stopped"
	PNumbered               = "P{1}"
	M                       = "M{1}"
	G                       = "G{1}"
	Pid                     = "pid {1}"
)
