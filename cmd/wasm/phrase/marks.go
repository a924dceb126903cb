package phrase

const (
	TheSimulatorRunsIt            = "The simulator runs it …"
	RunItSo                       = "Run it so"
	SetForThis                    = "Set for this: "
	BackToThisProgramsOwnSettings = "Back to this program’s own settings"
	NeverComesChanged             = "In this run it never comes to that: you have changed the program."
	NeverComes                    = "In this run it never comes to that."
	EventHeading                  = "Event "
)
