package phrase

const (
	ThisBrowserKeepsNoSitesOr = "This browser keeps no sites, or not under this address."
	FetchingTheSite           = "Fetching the site …"
	ItCantBeKept              = "It can’t be kept: "
	TheSiteCouldNotBeFetched  = "The site could not be fetched as a whole: try again."
	OffNothingOfTheSiteIs     = "Off. Nothing of the site is kept."
	OnANewerVersionIsHere     = "On. A newer version is here too, and is used offline once all pages of the site are closed."
	OnAllPagesAndProgramsWork = "On. All pages and programs work without a network."
)
