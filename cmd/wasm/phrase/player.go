package phrase

const (
	EventsS         = " events/s"
	EventS          = " event/s"
	EventsASecond   = " events a second"
	HasNoEventThere = " has no event there"
	Pause           = "Pause"
)
