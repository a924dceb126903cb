package phrase

const (
	Settings                       = "Settings"
	PlainTextEditor                = "Plain text editor"
	EditProgramsInASimpleText      = "Edit programs in a simple text area, without colours and completion."
	VimsKeys                       = "Vim’s keys"
	InTheEditorWithColours         = "In the editor with colours."
	NoShortcutsOfASingleKey        = "No shortcuts of a single key"
	TheQuestionMarkThenDoesNot     = "The question mark then does not open the list of keys."
	TablesToo                      = "Tables too"
	BoardAndTimelineOfEveryInstant = "Board and timeline of every instant also in words, as tables."
	KeepTheSiteOffline             = " Keep the site offline"
	FetchesEverythingAbout8MBInto  = "Fetches everything, about 8 MB, into this browser. A newer version is taken whenever there is a network."
	ListOfKeys                     = "List of keys"
	YourWork                       = "Your work"
	DraftsAndTheirVersionsAreKept  = "Drafts and their versions are kept in this browser only. Some browsers throw them away when you don’t come back for a week."
	SaveAllToAFile                 = "Save all to a file"
	BringBackFromAFile             = "Bring back from a file "
)
