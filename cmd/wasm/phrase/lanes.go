package phrase

const (
	NothingHasRunYet      = "Nothing has run yet."
	AtThePlayhead         = "At the playhead, "
	InTheWindow           = "In the window: "
	LanesCounted          = " lanes"
	ColumnLane            = "lane"
	ColumnFrom            = "from"
	ColumnTo              = "to"
	ColumnWhat            = "what"
	AboutSoMany           = "about "
	ChangesBusyFor        = " changes, busy for "
	MoreZoomIn            = " more: zoom in"
	SeveralChangesBusyFor = "several changes, busy for "
)
