package phrase

const (
	StoppedBeforeTheEnd = "Stopped before the end."
)
