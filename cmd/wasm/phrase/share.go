package phrase

const (
	Copied                        = "Copied."
	RunTheProgramFirstThereIs     = "Run the program first: there is no run to save yet."
	ThisCantBeSaved               = "This can’t be saved: "
	TheBrowserCantMakeThisPicture = "The browser can’t make this picture: "
	TheBrowserDoesNotLetThis      = "The browser does not let this page copy. Press Ctrl+C or ⌘C to copy what is selected."
	ThisLinkIsAboutAProgram       = "This link is about a program that this page no longer has."
	ASharedProgram                = "A shared program"
	ThisLinkIsAboutAnEra          = "This link is about an era that this Gopark does not know."
	ThisCameWithTheLink           = "This came with the link."
	RunGoesToTheInstantAt         = " Run goes to the instant at which the run forks, and asks before it runs both."
	ItSetsUpRunsToBe              = " It sets up runs to be compared, and runs none by itself."
	RunGoesToTheInstantThat       = " Run goes to the instant that the link is about."
	YourDraftIsKept               = " Your draft is kept."
	BackToMyDraft                 = "Back to my draft"
)
