package phrase

const (
	AllGoroutines               = "All goroutines "
	ThatEndedKeptForTheNext     = " that ended, kept for the next go statement"
	MorePlaces                  = " more places"
	EachGoroutineADotInThe      = "Each goroutine a dot, in the order in which they were made: "
	GoroutinesADotItsColourIs   = " goroutines a dot: its colour is their mean"
	OneDotEachChooseOneTo       = "one dot each; choose one to see its stack"
	Memory                      = "Memory "
	OfAllGoroutinesBesideAsMany = "of all goroutines, beside as many threads"
	OfAllThreads                = "of all threads"
	OfAddressSpace              = " of address space"
	ImpossibleLinuxAllows       = ": impossible, Linux allows "
	Threads                     = " threads"
	WhatIsCounted               = "What is counted"
	IsChosen                    = " is chosen"
)
