package phrase

const (
	TheStandardLibraryCouldNotBe = "the standard library could not be loaded (%w): reload the page"
	PartCouldNotBeLoadedTry      = "part %s could not be loaded (%w): try again"
)
