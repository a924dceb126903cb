package rtype

import "strconv"

// known prints the structs of packages sync and sync/atomic by what they mean,
// since their words say nothing to a reader: a Mutex is locked or not, a
// WaitGroup has a counter and waiters. Layouts are those of Go 1.26. It reports
// whether t is one of them.
func (f *Formatter) known(t Type, a Addr, depth int) bool {
	says := syncWords[t.String()]
	if says == nil {
		return f.atomic(t, a, depth)
	}
	words := says(f, t, a)
	if words == "" {
		return false
	}
	if depth > 0 {
		words = "(" + words + ")" // apart from the values beside it
	}
	f.text(words)
	return true
}

var syncWords = map[string]func(f *Formatter, t Type, a Addr) string{
	"sync.Mutex":     (*Formatter).mutex,
	"sync.RWMutex":   (*Formatter).rwmutex,
	"sync.WaitGroup": (*Formatter).waitGroup,
	"sync.Once":      (*Formatter).once,
}

// at is the address of a field of a field … of the value of type t at a.
func (f *Formatter) at(t Type, a Addr, path ...string) (Addr, bool) {
	for _, name := range path {
		found := false
		for i := 0; t.Kind() == Struct && i < t.NumField() && !found; i++ {
			if fd := t.Field(i); fd.Name.String() == name && f.readable(fd.Type.Addr) {
				t, a, found = fd.Type, a+fd.Offset, true
			}
		}
		if !found {
			return 0, false
		}
	}
	return a, f.Mem.Valid(a, t.Size()) && t.Size() >= 4
}

// mutex follows internal/sync/mutex.go: bit 0 of the state is the lock, the
// waiters are counted from bit 3.
func (f *Formatter) mutex(t Type, a Addr) string {
	at, ok := f.at(t, a, "mu", "state")
	if !ok {
		return ""
	}
	state := f.Mem.U32(at)
	words := "unlocked"
	if state&1 != 0 {
		words = "locked"
	}
	if state&4 != 0 {
		words += ", starving"
	}
	return words + waiting(state>>3)
}

// rwmutex follows sync/rwmutex.go: a writer that holds or wants the lock takes
// 1<<30 off the count of readers.
func (f *Formatter) rwmutex(t Type, a Addr) string {
	count, ok := f.at(t, a, "readerCount", "v")
	wait, ok2 := f.at(t, a, "readerWait", "v")
	if !ok || !ok2 {
		return ""
	}
	readers, leaving := int32(f.Mem.U32(count)), int32(f.Mem.U32(wait))
	switch {
	case readers > 0:
		return counted(uint32(readers), "reader", "readers")
	case readers == 0:
		return "unlocked"
	case leaving > 0:
		return "a writer waits for " + counted(uint32(leaving), "reader", "readers")
	}
	return "locked for writing" + waiting(uint32(readers+1<<30))
}

// waitGroup follows sync/waitgroup.go: the counter is the upper half of the
// state, the waiters are the lower 31 bits.
func (f *Formatter) waitGroup(t Type, a Addr) string {
	at, ok := f.at(t, a, "state", "v")
	if !ok {
		return ""
	}
	state := f.Mem.U64(at)
	return "counter " + strconv.Itoa(int(int32(state>>32))) + waiting(uint32(state)&(1<<31-1))
}

func (f *Formatter) once(t Type, a Addr) string {
	at, ok := f.at(t, a, "done", "v")
	switch {
	case !ok:
		return ""
	case f.Mem.U32(at) != 0:
		return "done"
	}
	return "not done yet"
}

func waiting(n uint32) string {
	if n == 0 {
		return ""
	}
	return ", " + strconv.FormatUint(uint64(n), 10) + " waiting"
}

func counted(n uint32, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatUint(uint64(n), 10) + " " + many
}

// atomic prints sync/atomic's numbers as the numbers they hold.
func (f *Formatter) atomic(t Type, a Addr, depth int) bool {
	switch t.String() {
	case "atomic.Int32", "atomic.Int64", "atomic.Uint32", "atomic.Uint64", "atomic.Uintptr":
	case "atomic.Bool":
		if at, ok := f.at(t, a, "v"); ok {
			f.out = strconv.AppendBool(f.out, f.Mem.U32(at) != 0)
			return true
		}
		return false
	default:
		return false
	}
	if t.PkgPath() != "sync/atomic" {
		return false
	}
	last := t.Field(t.NumField() - 1)
	f.value(last.Type.Addr, a+last.Offset, depth+1)
	return true
}
