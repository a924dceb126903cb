package phrase

// A Word is a term of the scheduler's with its explanation in one sentence.
type Word struct {
	Key  string `json:"key"`
	Says string `json:"says"`
	Func string `json:"func,omitempty"` // in Go's runtime, with its package
	File string `json:"file,omitempty"` // of GOROOT/src
}

// Words is the word list, by key. Every word marked in a sentence is here.
var Words = []Word{
	{"acquire", "A thread needs a P in its hands before it may run Go code.", "runtime.acquirep", "runtime/proc.go"},
	{"channel", "A channel keeps two queues of waiting goroutines, senders and receivers, first come first served, and a ring of values if it is buffered.", "runtime.chansend", "runtime/chan.go"},
	{"collector", "The garbage collector finds memory that nothing refers to any more; it stops the world for moments.", "runtime.gcStart", "runtime/mgc.go"},
	{"core", "A core of the computer runs one thread at a time.", "", ""},
	{"deadlock", "Every goroutine waits for another, so none will ever run; the runtime notices when the last thread goes idle.", "runtime.checkdead", "runtime/proc.go"},
	{"free list", "A goroutine that ended is kept, with its stack, for the next go statement.", "runtime.gfput", "runtime/proc.go"},
	{"global queue", "All Ps share one queue of runnable goroutines; each P looks there first every 61 ticks, else only when its own queue is empty.", "runtime.globrunqget", "runtime/proc.go"},
	{"GOMAXPROCS", "The number of Ps: so many threads may run Go code at the same time.", "runtime.procresize", "runtime/proc.go"},
	{"hand off", "A P that its thread can't use, because it is in the kernel, is given to another thread.", "runtime.handoffp", "runtime/proc.go"},
	{"idle P", "Ps that no thread holds form a list, the last one in is the first one out.", "runtime.pidleput", "runtime/proc.go"},
	{"lock", "A goroutine that called LockOSThread runs on that one thread only, and the thread runs nothing else.", "runtime.LockOSThread", "runtime/proc.go"},
	{"netpoll", "Goroutines that wait for the network hold no thread: one poller asks the kernel for all of them.", "runtime.netpoll", "runtime/netpoll_epoll.go"},
	{"overflow", "A P's queue has 256 places; when it is full its older half moves to the global queue.", "runtime.runqputslow", "runtime/proc.go"},
	{"park", "A goroutine that has to wait is taken off its thread; it is in no run queue until someone makes it ready.", "runtime.gopark", "runtime/proc.go"},
	{"preempt", "A goroutine that has run for 10 ms is asked to stop, so that others get their turn.", "runtime.preemptone", "runtime/proc.go"},
	{"ready", "A goroutine that waited may run again: it goes to the runnext of the P that woke it.", "runtime.goready", "runtime/proc.go"},
	{"retake", "sysmon, a thread without a P, takes a P away from a thread that is in a system call for 20 µs or more.", "runtime.retake", "runtime/proc.go"},
	{"run queue", "Each P has a ring of 256 runnable goroutines: in at the tail, out at the head.", "runtime.runqput", "runtime/proc.go"},
	{"runnext", "Each P has one place of honour: the goroutine made runnable last runs next, and pushes out who was there.", "runtime.runqput", "runtime/proc.go"},
	{"select", "A select waits in the queues of all its channels at once; the first to answer wins.", "runtime.selectgo", "runtime/select.go"},
	{"semaphore", "Locks and WaitGroups put their waiters to sleep on a semaphore, an address with a queue.", "runtime.semacquire1", "runtime/sema.go"},
	{"spinning", "A thread that holds a P but found no work looks on for a while instead of going to sleep, so that new work is picked up at once.", "runtime.findRunnable", "runtime/proc.go"},
	{"stack growth", "A goroutine's stack starts at 2048 bytes; when a call does not fit, it is copied to one of twice the size.", "runtime.copystack", "runtime/stack.go"},
	{"steal", "A thread without work takes half of the queue of another P.", "runtime.runqsteal", "runtime/proc.go"},
	{"stop the world", "All Ps are halted, so that something can be changed that everyone relies on.", "runtime.stopTheWorldWithSema", "runtime/proc.go"},
	{"system call", "While a goroutine is in the kernel its thread is, too; the P can be given to another thread.", "runtime.entersyscall", "runtime/proc.go"},
	{"tick", "A P counts the goroutines it starts, but for those that inherit a time slice from runnext.", "runtime.execute", "runtime/proc.go"},
	{"time slice", "A goroutine may run for 10 ms before others get their turn; one that comes through runnext shares the slice of the one before it.", "runtime.execute", "runtime/proc.go"},
	{"timer", "Each P keeps the timers made on it, ordered by time, and runs those that are due when it looks for work.", "runtime.(*timers).check", "runtime/time.go"},
}

// WordFor is the word with that key.
func WordFor(key string) (Word, bool) {
	for _, w := range Words {
		if w.Key == key {
			return w, true
		}
	}
	return Word{}, false
}
