package phrase

const (
	GoTrace                      = "Go trace"
	LinkToThisProgram            = "Link to this program"
	CopyTheLink                  = "Copy the link"
	Copy                         = "Copy"
	ItHoldsTheProgramTheSettings = "It holds the program, the settings and the instant that you look at. Nothing is stored elsewhere."
	Embed                        = "Embed"
	HTMLThatShowsThisProgramOn   = "HTML that shows this program on another page"
	CopyTheHTML                  = "Copy the HTML"
	Download                     = "Download"
	TheGoTraceIsForGo            = "The Go trace is for <code>go tool trace</code>, the Perfetto file for ui.perfetto.dev. Both are of the last run."
	EarlierVersions              = "Earlier versions"
	WhenYouHaveEditedTheProgram  = "When you have edited the program, the last ten versions that you ran or replaced are listed here."
	LinesCounted                 = " lines"
	ShowTheVersionOf             = "Show the version of "
	Show                         = "Show"
)
