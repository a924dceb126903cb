package phrase

const (
	IsNotThereAtThisInstant  = " is not there at this instant: it has not been created yet."
	ChooseAGoroutineToSeeIts = "Choose a goroutine to see its stack: its frames to scale, with their variables."
	Frames                   = "Frames"
	ColumnFunction           = "function"
	ColumnBytes              = "bytes"
	ColumnLine               = "line"
	MoreFrames               = " more frames …"
	LineNumber               = "line "
	Guard                    = "guard"
	BFree                    = " B free"
)
