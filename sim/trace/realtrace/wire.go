package realtrace

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// The types that no event of a thread has.
const (
	typEventBatch        = 1
	typStacks            = 2
	typStack             = 3
	typStrings           = 4
	typString            = 5
	typCPUSamples        = 6
	typFrequency         = 8
	typExperimentalBatch = 49
	typSync              = 50
	typClockSnapshot     = 51
	typEndOfGeneration   = 52
)

// A shape is what follows an event's type: so many numbers, of which the first
// is the time, and at which places among the others a stack or a text is.
type shape struct {
	args              int8
	stack, born, text int8 // index of Args + 1; 0: none. In front of a UserLog's text is its key
}

// shapes has a row for each type of event (internal/trace/tracev2/events.go:specs).
var shapes = [256]shape{
	ProcsChange: {2, 2, 0, 0}, ProcStart: {2, 0, 0, 0}, ProcStop: {0, 0, 0, 0}, ProcSteal: {3, 0, 0, 0}, ProcStatus: {2, 0, 0, 0},
	GoCreate: {3, 3, 2, 0}, GoCreateSyscall: {1, 0, 0, 0}, GoStart: {2, 0, 0, 0}, GoDestroy: {}, GoDestroySyscall: {},
	GoStop: {2, 2, 0, 1}, GoBlock: {2, 2, 0, 1}, GoUnblock: {3, 3, 0, 0}, GoSyscallBegin: {2, 2, 0, 0}, GoSyscallEnd: {}, GoSyscallEndBlocked: {},
	GoStatus: {3, 0, 0, 0}, STWBegin: {2, 2, 0, 1}, STWEnd: {}, GCActive: {1, 0, 0, 0}, GCBegin: {2, 2, 0, 0}, GCEnd: {1, 0, 0, 0},
	31: {1, 0, 0, 0}, 32: {1, 1, 0, 0}, 33: {2, 0, 0, 0}, // of sweeping
	34: {1, 0, 0, 0}, 35: {1, 1, 0, 0}, 36: {}, // of assists
	HeapAlloc: {1, 0, 0, 0}, HeapGoal: {1, 0, 0, 0}, GoLabel: {1, 0, 0, 1},
	UserTaskBegin: {4, 4, 0, 3}, UserTaskEnd: {2, 2, 0, 0}, UserRegionBegin: {3, 3, 0, 2}, UserRegionEnd: {3, 3, 0, 2}, UserLog: {4, 4, 0, 3}, // what the program itself says
	GoSwitch: {2, 0, 0, 0}, GoSwitchDestroy: {2, 0, 0, 0}, GoCreateBlocked: {3, 3, 2, 0}, GoStatusStack: {4, 4, 0, 0},
	128: {3, 0, 0, 0}, 129: {3, 0, 0, 0}, 130: {1, 0, 0, 0}, // of an experiment with allocations
	131: {2, 0, 0, 0}, 132: {2, 0, 0, 0}, 133: {1, 0, 0, 0}, 134: {2, 0, 0, 0}, 135: {2, 0, 0, 0}, 136: {1, 0, 0, 0},
}

// timed reports whether a thread's batch may have an event of this type.
func timed(t byte) bool {
	return t >= byte(ProcsChange) && t <= byte(GoStatusStack) || t >= 128 && t <= 136
}

// A batch is a piece of what one thread wrote.
type batch struct {
	m    int64
	time uint64
	data []byte
}

// version reads the head of a trace; rest is what follows it.
func version(data []byte) (v int, rest []byte, err error) {
	const size = len("go 1.22 trace\x00\x00\x00")
	if len(data) < size {
		return 0, nil, ErrFormat
	}
	digits, ok := strings.CutPrefix(string(data[:size]), "go 1.")
	digits, tail, found := strings.Cut(digits, " ")
	v, numErr := strconv.Atoi(digits)
	if !ok || !found || numErr != nil || !strings.HasPrefix(tail, "trace\x00\x00\x00") {
		return 0, nil, ErrFormat
	}
	switch {
	case v < 22:
		return 0, nil, ErrOld
	case v == 22 || v == 23 || v == 25 || v == 26:
		return v, data[size:], nil
	}
	return 0, nil, damaged("no release of Go that Gopark knows writes traces that call themselves go 1.%d", v)
}

// A source is bytes to be read; bad is set once they are not what they should be.
type source struct {
	data []byte
	bad  bool
}

func (s *source) number() uint64 {
	n, size := binary.Uvarint(s.data)
	if size <= 0 {
		s.bad, s.data = true, nil
		return 0
	}
	s.data = s.data[size:]
	return n
}

func (s *source) byte() byte {
	if len(s.data) == 0 {
		s.bad = true
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return b
}

// take is the next n bytes, nil if there are not so many.
func (s *source) take(n uint64) []byte {
	if n > uint64(len(s.data)) {
		s.bad, s.data = true, nil
		return nil
	}
	b := s.data[:n]
	s.data = s.data[n:]
	return b
}

// batch reads one, with the number of its generation; end says that it was the
// sign that a generation is over, and experimental that it is of no interest.
func (s *source) batch() (b batch, gen uint64, end, experimental bool) {
	switch s.byte() {
	case typEndOfGeneration:
		return b, 0, true, false
	case typExperimentalBatch:
		experimental = true
		s.byte()
	case typEventBatch:
	default:
		s.bad = true
		return
	}
	gen, b.m, b.time = s.number(), int64(s.number()), s.number()
	size := s.number()
	s.bad = s.bad || size > maxBatch || gen == 0
	b.data = s.take(size)
	return b, gen, false, experimental
}
