package phrase

const (
	OneInstantOfARun = "One instant of a run. "
)
