// Package perfetto writes a log as Chrome's JSON trace events, which
// ui.perfetto.dev and chrome://tracing draw: a lane for each core, thread, P and
// goroutine, and an arrow from who made a goroutine or woke one to where it
// runs. It knows how the state of a log is to be called there; it knows no
// scheduler, and tells every era.
//
// What a lane is at an instant is a slice; each slice that begins ends, and the
// times of all events go forward. Lanes are threads of five processes, since the
// format has no other names for them. Times are microseconds with three decimals,
// that is, virtual nanoseconds.
package perfetto

// The groups of lanes, as process ids.
const (
	cores = iota + 1
	threads
	procs
	goroutines
	world
)

var groupNames = [...]string{cores: "cores", threads: "threads", procs: "Ps", goroutines: "goroutines", world: "world"}
