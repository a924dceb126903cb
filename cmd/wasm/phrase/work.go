package phrase

const (
	TheDraftsCantBeRead      = "The drafts can’t be read: "
	SavedTheWorkOn           = "Saved: the work on "
	ThisFileIsTooLargeTo     = "This file is too large to be one that Gopark has made."
	TheFileCantBeRead        = "The file can’t be read: "
	NothingWasBroughtBack    = "Nothing was brought back: "
	NotAllCouldBeBroughtBack = "Not all could be brought back: "
	BroughtBackTheWorkOn     = "Brought back: the work on "
)
