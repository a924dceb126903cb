package phrase

const (
	Waiting                     = "Waiting"
	NoGoroutineWaitsForAnything = "no goroutine waits for anything"
	Closed                      = "closed"
	NoBuffer                    = "no buffer"
	BufferOf                    = "buffer, "
	OfElements                  = "of "
)
