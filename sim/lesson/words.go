package lesson

import (
	"fmt"
	"strings"
)

// labels is answers as the reader sees them.
func (q *Question) labels(answers []string) string {
	var words []string
	for _, a := range answers {
		words = append(words, q.label(a))
	}
	return strings.Join(words, ", or ")
}

func (q *Question) label(answer string) string {
	for _, o := range q.Options {
		if sameWords(o.Value, answer) {
			return o.Label
		}
	}
	return strings.Join(strings.Fields(answer), " ")
}

// Words are the settings for people: "Go 1.26, GOMAXPROCS=1, 2 cores, seed 1".
func (s Settings) Words() string {
	words := []string{EraTitle(s.Era)}
	if s.Procs > 0 {
		words = append(words, fmt.Sprintf("GOMAXPROCS=%d", s.Procs))
	}
	switch {
	case s.Cores == 1:
		words = append(words, "1 core")
	case s.Cores > 1:
		words = append(words, fmt.Sprintf("%d cores", s.Cores))
	}
	if s.Seed > 0 {
		words = append(words, fmt.Sprintf("seed %d", s.Seed))
	}
	return strings.Join(words, ", ")
}

// EraTitle is an era's name for people: "Go 1.26" for go1.26.
func EraTitle(era string) string {
	if era == "" {
		return "Today’s Go"
	}
	if version, ok := strings.CutPrefix(era, "go"); ok {
		return "Go " + version
	}
	return era
}
