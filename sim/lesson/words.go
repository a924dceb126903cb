package lesson

import (
	"fmt"
	"strings"
)

// labels is answers as the reader sees them.
func (q *Question) labels(answers []string) string {
	return strings.Join(q.labelled(answers), ", or ")
}

func (q *Question) label(answer string) string {
	for _, o := range q.Options {
		if sameWords(o.Value, answer) {
			return o.Label
		}
	}
	if q.Kind == AskPlace {
		return PlaceWords(answer)
	}
	return strings.Join(strings.Fields(answer), " ")
}

// PlaceWords is an answer to a question of kind AskPlace for people.
func PlaceWords(answer string) string {
	p, queue, _ := strings.Cut(answer, ".")
	switch {
	case answer == "global":
		return "the global queue"
	case answer == placeNone:
		return "no queue: it runs on at once"
	case queue == "next":
		return p + "’s runnext"
	}
	return p + "’s queue"
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
