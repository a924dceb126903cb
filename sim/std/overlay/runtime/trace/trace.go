//go:build gopark

package trace

import (
	"errors"
	"io"
	"time"
)

//gopark:only
//gopark:take annotation.go

// Somebody outside the program may take a trace of it; then tasks, regions and
// log messages are noted, and cost what that costs.

var tracing struct{ enabled outside }

// outside is an atomic.Bool that is true while a trace is taken.
type outside struct{}

func (outside) Load() bool { return enabled() }

func enabled() bool

var errNoTrace = errors.New("tracing is not simulated: the log of the run is its trace")

// Start fails: there is no trace in Go's format.
func Start(w io.Writer) error { return errNoTrace }

// Stop does nothing.
func Stop() {}

// A FlightRecorderConfig says what a FlightRecorder would keep.
type FlightRecorderConfig struct {
	MinAge   time.Duration
	MaxBytes uint64
}

// A FlightRecorder would keep the last part of a trace.
type FlightRecorder struct{}

// NewFlightRecorder returns one that can't be started.
func NewFlightRecorder(cfg FlightRecorderConfig) *FlightRecorder { return &FlightRecorder{} }

// Start fails.
func (fr *FlightRecorder) Start() error { return errNoTrace }

// Stop does nothing.
func (fr *FlightRecorder) Stop() {}

// Enabled is false.
func (fr *FlightRecorder) Enabled() bool { return false }

// WriteTo fails.
func (fr *FlightRecorder) WriteTo(w io.Writer) (n int64, err error) { return 0, errNoTrace }
