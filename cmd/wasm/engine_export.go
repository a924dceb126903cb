//go:build js

package main

import (
	"bytes"
	"errors"
	"strings"

	"gopark/sim/export"
	"gopark/sim/sched"
	"gopark/sim/view"
)

// maxExport is how many events a run may have that is made a file of.
const maxExport = 300_000

var errTooLong = errors.New("the run has more than " + view.Count(maxExport) + " events; gopark trace on a terminal writes any")

var errTold = errors.New("it is a trace, a file that you have; only its log and pictures can be saved")

// export is the run as a file. Its bytes are the string's characters, which a
// message can carry whatever they are.
func (s *session) export(format string) (string, error) {
	n := s.Progress().Events
	if n > maxExport {
		return "", errTooLong
	}
	era, simulated := sched.Lookup(s.era)
	if !simulated && format != "log" {
		return "", errTold
	}
	var err error
	var b bytes.Buffer
	switch format {
	case "go":
		err = export.GoTrace(&b, s.Recording(), era)
	case "perfetto":
		err = export.Perfetto(&b, s.Recording(), era)
	default:
		for _, line := range s.Sentences(1, n) {
			b.WriteString(view.Duration(line.Time) + "\t" + line.String() + "\n")
		}
	}
	var text strings.Builder
	for _, c := range b.Bytes() {
		text.WriteRune(rune(c))
	}
	return text.String(), err
}
