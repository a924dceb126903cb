package lesson

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"gopark/sim"
)

// A fence is a fenced block as written: its language, the words behind it and
// its body.
type fence struct {
	lang   string
	flags  []string // words without "="
	attrs  []attr
	body   string
	line   int // of the opening fence
	column int
}

type attr struct {
	key, value string
	column     int
}

// An attrSpec is an attribute that a fence may have. set returns a message if
// the value is no good.
type attrSpec struct {
	key  string
	what string // for the manual's test and for messages
	set  func(s *fenceValues, value string) string
}

// fenceValues collects what the attributes of any kind of fence say.
type fenceValues struct {
	Settings
	id, title, cell, who string
	exercise             string
	kind                 Kind
	when                 When
	pick                 Thing
	against              string
	seeds, nth, p        int
	eras                 []string
	unreal               bool
}

// fenceKinds are the fences that mean something. A Go fence without the word
// cell, and the languages of plainFences, are shown as they stand.
var fenceKinds = map[string][]attrSpec{
	"go cell": append([]attrSpec{idAttr, titleAttr, realAttr}, settingAttrs...),
	"predict": append([]attrSpec{idAttr, cellAttr, kindAttr, seedsAttr, whoAttr, whenAttr, nthAttr, pAttr, pickAttr, againstAttr}, settingAttrs...),
	"output":  append([]attrSpec{cellAttr}, settingAttrs...),

	"exercise":    {idAttr, cellAttr, erasAttr, seedsAttr},
	"go solution": append([]attrSpec{exerciseAttr}, settingAttrs...),
	"go attempt":  append([]attrSpec{exerciseAttr}, settingAttrs...),
}

const kindWords = "output, first, order, next, place, value or differ"

var plainFences = []string{"go", "text", "sh"}

var (
	idAttr       = attrSpec{"id", "a name: letters, digits and hyphens", setName(func(v *fenceValues) *string { return &v.id })}
	cellAttr     = attrSpec{"cell", "the id of a cell above", setName(func(v *fenceValues) *string { return &v.cell })}
	exerciseAttr = attrSpec{"exercise", "the id of an exercise above", setName(func(v *fenceValues) *string { return &v.exercise })}
	erasAttr     = attrSpec{"eras", "eras in quotes, with spaces between", func(v *fenceValues, s string) string { v.eras = strings.Fields(s); return "" }}

	titleAttr = attrSpec{"title", "words in quotes", func(v *fenceValues, s string) string { v.title = s; return "" }}
	realAttr  = attrSpec{"real", "no", func(v *fenceValues, s string) string {
		v.unreal = s == "no"
		if s != "no" {
			return "want no, or nothing"
		}
		return ""
	}}
	whoAttr = attrSpec{"who", "a goroutine: main or G and its number", func(v *fenceValues, s string) string {
		v.who = s
		if s != "main" && !isGoroutine(s) {
			return `want main or a goroutine such as G7`
		}
		return ""
	}}
	kindAttr = attrSpec{"kind", kindWords, func(v *fenceValues, s string) string {
		v.kind = Kind(s)
		switch v.kind {
		case AskOutput, AskFirst, AskNext, AskOrder, AskValue, AskPlace, AskDiffer:
			return ""
		}
		return "want " + kindWords
	}}
	whenAttr = attrSpec{"when", "blocks, yields or ends", func(v *fenceValues, s string) string {
		v.when = When(s)
		switch v.when {
		case Blocks, Yields, Ends:
			return ""
		}
		return "want blocks, yields or ends"
	}}
	seedsAttr = attrSpec{"seeds", "how many seeds to try, 2 to 100", setInt(2, 100, func(v *fenceValues) *int { return &v.seeds })}
	nthAttr   = attrSpec{"nth", "for the how manyth time, from 1", setInt(1, 1000, func(v *fenceValues) *int { return &v.nth })}
	pAttr     = attrSpec{"p", "the number of a P, or of a core", setInt(0, 63, func(v *fenceValues) *int { return &v.p })}

	pickAttr = attrSpec{"pick", "g, m or p", func(v *fenceValues, s string) string {
		v.pick = Thing(s)
		switch v.pick {
		case ThingG, ThingM, ThingP:
			return ""
		}
		return "want g for a goroutine, m for a thread or p for a P"
	}}
	againstAttr = attrSpec{"against", "another era", func(v *fenceValues, s string) string { v.against = s; return "" }}

	settingAttrs = []attrSpec{
		{"era", "a release of Go, or threads", func(v *fenceValues, s string) string { v.Era = s; return "" }},
		{"procs", "GOMAXPROCS, 1 to 64", setInt(1, 64, func(v *fenceValues) *int { return &v.Procs })},
		{"cores", "cores of the computer, 1 to 64", setInt(1, 64, func(v *fenceValues) *int { return &v.Cores })},
		{"seed", "a number from 1: it decides everything that is random", func(v *fenceValues, s string) string {
			n, err := strconv.ParseUint(s, 10, 64)
			v.Seed = n
			if err != nil || n == 0 {
				return "want a whole number from 1"
			}
			return ""
		}},
		{"limit", "the virtual time at which the run is cut off, such as 200ms", func(v *fenceValues, s string) string {
			d, err := time.ParseDuration(s)
			v.Limit = d.Nanoseconds()
			if err != nil || d <= 0 || v.Limit > sim.DefaultLimits.Time {
				return "want a duration up to 10s, such as 200ms"
			}
			return ""
		}},
	}
)

func setInt(min, max int, field func(*fenceValues) *int) func(*fenceValues, string) string {
	return func(v *fenceValues, s string) string {
		n, err := strconv.Atoi(s)
		*field(v) = n
		if err != nil || n < min || n > max {
			return fmt.Sprintf("want a whole number from %d to %d", min, max)
		}
		return ""
	}
}

func setName(field func(*fenceValues) *string) func(*fenceValues, string) string {
	return func(v *fenceValues, s string) string {
		*field(v) = s
		if s == "" || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return "want lower-case letters, digits and hyphens"
		}
		return ""
	}
}

// isGoroutine reports whether s is G and a number.
func isGoroutine(s string) bool {
	n, ok := strings.CutPrefix(s, "G")
	_, err := strconv.ParseUint(n, 10, 63)
	return ok && err == nil
}

// parseInfo splits a fence's info string into its words: a language, flags,
// and key=value where a value with spaces stands in double quotes.
func parseInfo(info string) (lang string, flags []string, attrs []attr, err error) {
	rest, at := info, 0
	for first := true; ; first = false {
		trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
		at += len(rest) - len(trimmed)
		rest = trimmed
		if rest == "" {
			return lang, flags, attrs, nil
		}
		word, n, err := cutWord(rest)
		if err != nil {
			return lang, flags, attrs, err
		}
		key, value, isAttr := strings.Cut(word, "=")
		switch {
		case first:
			lang = word
		case isAttr:
			attrs = append(attrs, attr{key, strings.ReplaceAll(value, `"`, ""), at})
		default:
			flags = append(flags, word)
		}
		rest, at = rest[n:], at+n
	}
}

// cutWord returns the first word of s, which doesn't start with a space; a
// space inside double quotes does not end it.
func cutWord(s string) (word string, n int, err error) {
	quoted := false
	for i, r := range s {
		if r == '"' {
			quoted = !quoted
		}
		if unicode.IsSpace(r) && !quoted {
			return s[:i], i, nil
		}
	}
	if quoted {
		return s, len(s), fmt.Errorf("a quote is not closed: %s", s)
	}
	return s, len(s), nil
}

// values applies the attributes of f by the specs, reporting what is unknown,
// repeated or no good.
func (f *fence) values(specs []attrSpec, report func(column int, format string, args ...any)) fenceValues {
	var v fenceValues
	seen := map[string]bool{}
	for _, a := range f.attrs {
		spec, ok := findSpec(specs, a.key)
		switch {
		case !ok:
			report(a.column, "unknown attribute %s: want %s", a.key, specNames(specs))
		case seen[a.key]:
			report(a.column, "attribute %s is there twice", a.key)
		default:
			if msg := spec.set(&v, a.value); msg != "" {
				report(a.column, "%s=%q: %s", a.key, a.value, msg)
			}
		}
		seen[a.key] = true
	}
	return v
}

func findSpec(specs []attrSpec, key string) (attrSpec, bool) {
	for _, s := range specs {
		if s.key == key {
			return s, true
		}
	}
	return attrSpec{}, false
}

func specNames(specs []attrSpec) string {
	var names []string
	for _, s := range specs {
		names = append(names, s.key)
	}
	return "one of " + strings.Join(names, ", ")
}

// FenceAttributes lists the fences that mean something ("go cell", "predict" …)
// and the attributes that each may have.
func FenceAttributes() map[string][]string {
	all := map[string][]string{}
	for fence, specs := range fenceKinds {
		for _, s := range specs {
			all[fence] = append(all[fence], s.key)
		}
	}
	for _, fence := range plainFences {
		all[fence] = nil
	}
	return all
}
