package rtype_test

import (
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"gopark/sim/rtype"
	"gopark/sim/rtype/rtypetest"
)

// TestFormatSync prints the host's own locks: their layout is Go's.
func TestFormatSync(t *testing.T) {
	var free, held sync.Mutex
	held.Lock()
	var read, write sync.RWMutex
	read.RLock()
	read.RLock()
	write.Lock()
	var group sync.WaitGroup
	group.Add(3)
	var once, did sync.Once
	did.Do(func() {})
	var n atomic.Int64
	n.Store(-7)
	var b atomic.Bool
	b.Store(true)
	inside := &struct {
		mu  sync.Mutex
		sum int
	}{sum: 5}
	inside.mu.Lock()
	for _, c := range []struct {
		v    any // a pointer to what is printed
		want string
	}{
		{&free, "unlocked"}, {&held, "locked"}, {&read, "2 readers"}, {&write, "locked for writing"}, {&group, "counter 3"},
		{&once, "not done yet"}, {&did, "done"}, {&n, "-7"}, {&b, "true"}, {inside, "{(locked) 5}"},
	} {
		e := rtypetest.New(1 << 24)
		v := reflect.ValueOf(c.v).Elem()
		if got := rtype.Format(e.Mem, e.Type(v.Type()), e.Value(v)); got != c.want {
			t.Errorf("%s is printed as %q, want %q", v.Type(), got, c.want)
		}
	}
}
