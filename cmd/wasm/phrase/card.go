package phrase

const (
	Why                    = "Why?"
	BackToTheObjectBefore  = "Back to the object before"
	Close                  = "Close"
	AllThatIsKnownOfIt     = "All that is known of it"
	WhyIsItRunning         = "Why is it running?"
	WhyIsItNotRunning      = "Why is it not running?"
	WhatBecomesOfIt        = "What becomes of it: "
	Buffer                 = "buffer"
	WhereItLooksForWork    = "Where it looks for work"
	NotThere               = "Not there"
	AtThisInstantThereIsNo = "At this instant there is no such thing. "
)
