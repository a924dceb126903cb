//go:build gopark

package metrics

import (
	"runtime"
	"runtime/debug"
)

// A Sample is a metric's name and what Read found.
type Sample struct {
	Name  string
	Value Value
}

//gopark:drop runtime_readMetrics

// gauges are the metrics that the machine has a number for.
var gauges = map[string]func(m *runtime.MemStats) uint64{
	"/gc/cycles/automatic:gc-cycles":     func(m *runtime.MemStats) uint64 { return uint64(m.NumGC - m.NumForcedGC) },
	"/gc/cycles/forced:gc-cycles":        func(m *runtime.MemStats) uint64 { return uint64(m.NumForcedGC) },
	"/gc/cycles/total:gc-cycles":         func(m *runtime.MemStats) uint64 { return uint64(m.NumGC) },
	"/gc/gogc:percent":                   func(m *runtime.MemStats) uint64 { return gogc() },
	"/gc/heap/allocs:bytes":              func(m *runtime.MemStats) uint64 { return m.TotalAlloc },
	"/gc/heap/allocs:objects":            func(m *runtime.MemStats) uint64 { return m.Mallocs },
	"/gc/heap/frees:bytes":               func(m *runtime.MemStats) uint64 { return m.TotalAlloc - m.HeapAlloc },
	"/gc/heap/frees:objects":             func(m *runtime.MemStats) uint64 { return m.Frees },
	"/gc/heap/goal:bytes":                func(m *runtime.MemStats) uint64 { return m.NextGC },
	"/gc/heap/objects:objects":           func(m *runtime.MemStats) uint64 { return m.HeapObjects },
	"/memory/classes/heap/objects:bytes": func(m *runtime.MemStats) uint64 { return m.HeapAlloc },
	"/memory/classes/heap/stacks:bytes":  func(m *runtime.MemStats) uint64 { return m.StackInuse },
	"/memory/classes/total:bytes":        func(m *runtime.MemStats) uint64 { return m.Sys },
	"/sched/gomaxprocs:threads":          func(m *runtime.MemStats) uint64 { return uint64(runtime.GOMAXPROCS(0)) },
	"/sched/goroutines:goroutines":       func(m *runtime.MemStats) uint64 { return uint64(runtime.NumGoroutine()) },
}

func gogc() uint64 {
	p := debug.SetGCPercent(100)
	debug.SetGCPercent(p)
	return uint64(p)
}

// Read fills the samples; a metric that the machine has no number for is of
// KindBad.
func Read(m []Sample) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	for i := range m {
		m[i].Value = Value{}
		if f := gauges[m[i].Name]; f != nil {
			m[i].Value = Value{kind: KindUint64, scalar: f(&stats)}
		}
	}
}

// All describes the metrics that Read knows.
func All() []Description {
	var known []Description
	for _, d := range allDesc {
		if gauges[d.Name] != nil {
			known = append(known, d)
		}
	}
	return known
}
