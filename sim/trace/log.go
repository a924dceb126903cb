package trace

// A Log is the events of a run in order. The zero Log is empty and starts with
// event 0.
type Log struct {
	chunks [][]Event // each but the last is full
	first  int       // number of the first event held
	forget bool
	n      int // events in all
	watch  func(n int)
}

// ResumeAt returns a log that goes on after n events that somebody else holds.
// It counts what is added, calls watch with the new length after each, and
// keeps nothing: for running a recording again from a snapshot.
func ResumeAt(n int, watch func(n int)) *Log {
	return &Log{first: n, n: n, forget: true, watch: watch}
}

// Add appends an event.
func (l *Log) Add(e Event) {
	l.n++
	if !l.forget {
		l.keep(e)
	}
	if l.watch != nil {
		l.watch(l.n)
	}
}

// Rewind makes a log that forgets stand at n events again.
func (l *Log) Rewind(n int) {
	if l.forget {
		l.n = n
	}
}

// Len is the number of events.
func (l *Log) Len() int { return l.n }

// At is the i-th event, from 0.
func (l *Log) At(i int) Event {
	i -= l.first
	return l.chunks[i/chunk][i%chunk]
}

// chunk is the number of events kept in one piece. Pieces, because to grow a
// single slice of millions of events would copy them again and again.
const chunk = 4096

func (l *Log) keep(e Event) {
	last := len(l.chunks) - 1
	if last < 0 || len(l.chunks[last]) == chunk {
		size := chunk
		if last < 0 {
			size = 64 // a short log stays small
		}
		l.chunks = append(l.chunks, make([]Event, 0, size))
		last++
	}
	l.chunks[last] = append(l.chunks[last], e)
}
