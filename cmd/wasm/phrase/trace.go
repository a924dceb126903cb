package phrase

const (
	TheBrowserCantReadThisFile = "The browser can’t read this file: "
	Opening                    = "Opening "
)
