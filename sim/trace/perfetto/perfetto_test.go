package perfetto_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"testing"

	"gopark/sim/sched"
	"gopark/sim/sched/schedtest"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
	"gopark/sim/trace/perfetto"
)

var (
	runs    = flag.Int("runs", 500, "random scripts to write as traces")
	oneSeed = flag.Int64("seed", -1, "write only this random script")
)

type event struct {
	Ph, Name, Cat, Bp, S string
	Ts                   json.Number
	Pid                  int
	Tid, ID              int64
	Args                 map[string]any
}

// nanoseconds are exact: three decimals of a microsecond.
func (e event) nanoseconds() (ns int64) {
	var us, rest int64
	fmt.Sscanf(string(e.Ts), "%d.%03d", &us, &rest)
	return us*1000 + rest
}

type lane struct {
	pid int
	tid int64
}

// A file is what a written trace says.
type file struct {
	names  map[lane]string
	groups map[int]string
	ran    map[int64]int64 // by goid: nanoseconds
	arrows int
}

// read checks what every file of the format must hold.
func read(data []byte) (*file, error) {
	var all struct{ TraceEvents []event }
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	f := &file{names: map[lane]string{}, groups: map[int]string{}, ran: map[int64]int64{}}
	open, begun, now := map[lane]event{}, map[int64]bool{}, int64(0)
	for i, e := range all.TraceEvents {
		l := lane{e.Pid, e.Tid}
		_, inSlice := open[l]
		if e.Ph != "M" {
			if e.nanoseconds() < now {
				return nil, fmt.Errorf("event %d: time goes back from %d: %v", i, now, e)
			}
			now = e.nanoseconds()
			if f.names[l] == "" || f.groups[e.Pid] == "" {
				return nil, fmt.Errorf("event %d: its lane has no name: %v", i, e)
			}
		}
		switch e.Ph {
		case "M":
			name, _ := e.Args["name"].(string)
			switch e.Name {
			case "process_name":
				f.groups[e.Pid] = name
			case "thread_name":
				f.names[l] = name
			}
		case "B":
			if inSlice || e.Name == "" {
				return nil, fmt.Errorf("event %d: a slice begins in another, or has no name: %v", i, e)
			}
			open[l] = e
		case "E":
			if !inSlice {
				return nil, fmt.Errorf("event %d: nothing ends: %v", i, e)
			}
			if b := open[l]; f.groups[e.Pid] == "goroutines" && b.Name[:4] == "runs" {
				f.ran[e.Tid] += now - b.nanoseconds()
			}
			delete(open, l)
		case "s":
			if begun[e.ID] || !inSlice {
				return nil, fmt.Errorf("event %d: an arrow begins twice, or in no slice: %v", i, e)
			}
			begun[e.ID] = true
		case "f":
			if !begun[e.ID] || !inSlice || e.Bp != "e" {
				return nil, fmt.Errorf("event %d: an arrow ends that didn't begin, or in no slice: %v", i, e)
			}
			f.arrows++
		case "i":
		default:
			return nil, fmt.Errorf("event %d: phase %q", i, e.Ph)
		}
	}
	if len(open) > 0 {
		return nil, fmt.Errorf("%d slices have no end: %v", len(open), open)
	}
	return f, nil
}

// ran is how long each goroutine ran, as the log has it.
func ran(log *trace.Log) map[int64]int64 {
	sum, since, goid := map[int64]int64{}, map[int64]int64{}, map[int32]int64{}
	end := int64(0)
	for i := range log.Len() {
		e := log.At(i)
		id := goid[int32(e.G)]
		end = e.Time
		switch e.Kind {
		case trace.GoCreate:
			goid[int32(e.G)] = e.A
		case trace.GoStart, trace.GoSyscallEnd:
			since[id] = e.Time
		case trace.GoStop, trace.GoBlock, trace.GoDestroy, trace.GoSyscallBegin:
			if from, ok := since[id]; ok { // at boot they never ran
				sum[id] += e.Time - from
				delete(since, id)
			}
		}
	}
	for id, from := range since {
		sum[id] += end - from
	}
	return sum
}

// TestRandom writes what random scripts did, in every era.
func TestRandom(t *testing.T) {
	from, to := int64(0), int64(*runs)
	if *oneSeed >= 0 {
		from, to = *oneSeed, *oneSeed+1
	}
	arrows := 0
	for seed := from; seed < to; seed++ {
		e := &sched.Eras[seed%int64(len(sched.Eras))]
		script := tasktest.Random(uint64(seed))
		log := schedtest.Run(t, e, script, sched.Config{Cores: 1 + int(seed/7%4), Seed: uint64(seed), OSLinked: seed%3 == 0, Procs: int(seed / 3 % 6)})
		var b bytes.Buffer
		err := perfetto.Write(&b, perfetto.Run{Log: log, Rules: e.Rules()})
		var f *file
		if err == nil {
			f, err = read(b.Bytes())
		}
		if err == nil {
			for id, ns := range ran(log) {
				if f.ran[id] != ns {
					err = fmt.Errorf("G%d runs for %d ns in the trace, %d in the log", id, f.ran[id], ns)
				}
			}
		}
		if err != nil {
			t.Fatalf("%v\nto repeat it: go test ./sim/trace/perfetto -run TestRandom -seed %d\n%s\n%s", err, seed, script, log)
		}
		arrows += f.arrows
	}
	if arrows < int(to-from) {
		t.Errorf("%d arrows in %d runs", arrows, to-from)
	}
}
