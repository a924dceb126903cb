//go:build gopark

package trace

import (
	"errors"
	"io"
	"time"
)

//gopark:only
//gopark:take annotation.go

// Tasks, regions and log messages cost what they cost when no trace is taken;
// none ever is.

var tracing struct{ enabled never }

// never is an atomic.Bool that is false.
type never struct{}

func (never) Load() bool { return false }

var errNoTrace = errors.New("tracing is not simulated: the log of the run is its trace")

// Start fails: there is no trace in Go's format.
func Start(w io.Writer) error { return errNoTrace }

// Stop does nothing.
func Stop() {}

func userTaskCreate(id, parentID uint64, taskType string) {}

func userTaskEnd(id uint64) {}

func userRegion(id, mode uint64, regionType string) {}

func userLog(id uint64, category, message string) {}

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
