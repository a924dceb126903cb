package phrase

const (
	At         = "{1} at {2}"
	None       = "none"
	Goroutines = "[goroutine|goroutines]"
)
