package paint

import (
	"strconv"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// A Rival is one of the runs that are side by side. In its HTML, data-row is its
// index, data-f a field of its settings, data-do what a button does.
type Rival struct {
	lesson.Settings
	Says string // how it differs beside its settings, "" if it does not
}

// RivalName is what the i-th run is called.
func RivalName(i int) string { return string(rune('A' + i)) }

// Words are a run for people: its settings, and what else is special.
func (r Rival) Words() string {
	if r.Says == "" {
		return r.Settings.Words()
	}
	return r.Settings.Words() + ", " + r.Says
}

// CompareFrame is the dialog's frame; the page fills data-part.
func CompareFrame() string {
	p := &page{}
	p.w(`<header class="cmp-head"><h2 data-part="cmpTitle" tabindex="-1">` + phrase.Compare + `</h2>`)
	p.do("link", phrase.CopyALinkToTheseRuns, phrase.Link, "")
	p.do("setup", phrase.ChooseOtherRuns, phrase.OtherRuns, "hidden")
	p.do("stop", phrase.StopTheseRuns, phrase.Stop, "hidden")
	p.do("close", phrase.CloseTheComparison, "×", "")
	p.w(`</header><div role="status" data-part="cmpNote"></div><div data-part="cmpBody"></div><p class="hidden" role="status" aria-live="polite" data-part="cmpSays"></p>`)
	return p.String()
}

// CompareLinked is said of runs that came with a link.
const CompareLinked = `<p class="soft">` + phrase.TheLinkSetTheseRunsUp + `</p>`

// CompareLink shows a link to the runs, for who can't copy it otherwise, and says what
// it does.
func CompareLink(link, copied string) string {
	p := &page{}
	p.w(`<p class="soft">`, copied, phrase.ItOpensThisPageWithThese+`</p><p class="copy"><input readonly aria-label="`+phrase.LinkToTheseRuns+`" value="`, esc(link), `"></p>`)
	return p.String()
}

func (p *page) do(what, name, inner, more string) {
	p.w(`<button type="button" data-do="`, what, `" aria-label="`, esc(name), `" `, more, `>`, inner, `</button>`)
}

// CompareSetup asks which runs are to be side by side.
func CompareSetup(rivals []lesson.Settings, eras []Option, most int) string {
	p := &page{}
	p.w(`<p>` + phrase.TheSameProgramRunsOnceFor + `</p><div class="cmp-rows">`)
	for i, s := range rivals {
		name := RivalName(i)
		p.w(`<div data-row="`, strconv.Itoa(i), `" role="group" aria-label="`+phrase.RunNamed, name, `"><b class="cmp-name" aria-hidden="true">`, name, `</b>`)
		p.field4(phrase.Era, "era", Options(eras, s.Era))
		p.field4("GOMAXPROCS", "procs", Options(machineSizes, strconv.Itoa(s.Procs)))
		p.field4(phrase.Cores, "cores", Options(machineSizes, strconv.Itoa(s.Cores)))
		p.seed(s.Seed)
		if len(rivals) > 2 {
			p.do("less", phrase.LeaveRun+name+phrase.LeaveRunOut, "×", "")
		}
		p.w(`</div>`)
	}
	p.w(`</div><div class="cmp-acts">`)
	if len(rivals) < most {
		p.do("more", phrase.AddARun, phrase.AddARun, "")
	}
	p.do("go", phrase.RunAndCompare, phrase.RunAndCompare, `class="go"`)
	p.w(`</div>`)
	return p.String()
}

var machineSizes = counts(phrase.Auto, 1, 2, 3, 4, 6, 8, 16)

func (p *page) field4(label, field, options string) {
	p.w(`<label><span>`, label, `</span><select data-f="`, field, `">`, options, `</select></label>`)
}

func (p *page) seed(seed uint64) {
	p.w(`<label><span>`+phrase.Seed+`</span><input data-f="seed" inputmode="numeric" autocomplete="off" maxlength="20" value="`, strconv.FormatUint(max(1, seed), 10), `"></label>`)
}

// What a fork may change.
const (
	ForkSeed    = "seed"
	ForkEra     = "era"
	ForkProcs   = "procs"
	ForkCores   = "cores"
	ForkProgram = "program"
)

// ForkSetup asks what one thing is to be another, of a run that stands at an instant;
// to is what the fields offer.
func ForkSetup(s, to lesson.Settings, event int, time int64, change string, eras []Option, source string) string {
	p := &page{}
	p.w(`<p>`+phrase.TheOriginal+`<b>`, esc(s.Words()), `</b>`+phrase.StoppedAfterEvent, view.Count(int64(event)), phrase.CommaAt, view.Duration(time),
		phrase.ChangeOneThingAndSeeBoth+`</p><div class="cmp-rows cmp-fork"><label><span>`+phrase.Change+`</span><select data-f="change">`,
		Options([]Option{{ForkSeed, phrase.ChanceFromHereOn}, {ForkEra, phrase.TheEra}, {ForkProcs, "GOMAXPROCS"}, {ForkCores, phrase.TheNumberOfCores}, {ForkProgram, phrase.TheProgram}}, change),
		`</select></label>`)
	switch change {
	case ForkEra:
		p.field4(phrase.Era, "era", Options(eras, to.Era))
	case ForkProcs:
		p.field4("GOMAXPROCS", "procs", Options(machineSizes, strconv.Itoa(to.Procs)))
	case ForkCores:
		p.field4(phrase.Cores, "cores", Options(machineSizes, strconv.Itoa(to.Cores)))
	case ForkProgram:
		p.w(`<label class="cmp-source"><span>`+phrase.TheChangedProgram+`</span><textarea data-f="source" rows="14" spellcheck="false" autocapitalize="off" autocomplete="off">`, esc("\n"+source), `</textarea></label>`)
	default:
		p.seed(to.Seed)
	}
	p.w(`</div><p>`, forkTruth(change, time), `</p><div class="cmp-acts">`)
	p.do("go", phrase.RunBoth, phrase.RunBoth, `class="go"`)
	p.w(`</div>`)
	return p.String()
}

// forkTruth says what is compared with what.
func forkTruth(change string, time int64) string {
	at := view.Duration(time)
	switch change {
	case ForkEra:
		return phrase.ForkOfEra + at + "."
	case ForkProcs:
		return phrase.ForkOfProcs + at + "."
	case ForkCores:
		return phrase.ForkOfCores + at + "."
	case ForkProgram:
		return phrase.ForkOfProgram + at + "."
	}
	return phrase.ForkOfSeed
}

// Rivals are the players of runs side by side, before there is anything in them.
func Rivals(rivals []Rival, fork string) string {
	p := &page{}
	p.w(`<p class="cmp-what">`, esc(compared(rivals, fork)), `</p><div class="cmp-play" role="group" aria-label="`+phrase.PlayerOfAllRuns+`"><div class="steps">`)
	p.do("start", phrase.ToTheStartOfAll, icon("start"), "")
	p.do("back", phrase.PreviousEventOfAny, icon("back"), "")
	p.do("play", phrase.PlayAll, icon("play"), `class="go"`)
	p.do("next", phrase.NextEventOfAny, icon("next"), "")
	p.do("end", phrase.ToTheEndOfAll, icon("end"), "")
	p.w(`</div><div class="cmp-more">`)
	p.do("decisionBack", phrase.PreviousDecisionOfAny, icon("back")+phrase.Decision, `class="ofg"`)
	p.do("decision", phrase.NextDecisionOfAny, phrase.Decision+icon("next"), `class="ofg"`)
	p.do("part", phrase.FirstDifference, phrase.FirstDifference, `class="ofg" disabled`)
	p.w(`</div><input type="range" class="seek" data-f="time" aria-label="`+phrase.TimeOfAllRuns+`" aria-description="`+phrase.LeftAndRightGoToThe+`" min="0" max="1000" value="0"><span class="clock" data-part="cmpClock"></span></div>`,
		`<div class="cmp-more"><span class="zoom" role="group" aria-label="`+phrase.Zoom+`">`)
	p.do("zoomOut", phrase.ZoomOut, "−", "")
	p.do("zoomFit", phrase.FitTheWholeRuns, phrase.Fit, "")
	p.do("zoomIn", phrase.ZoomIn, "+", "")
	p.w(`</span><label class="speed"><span>`+phrase.Speed+`</span><select data-f="speed" aria-label="`+phrase.Speed+`">`,
		Options([]Option{{"2", "2 events/s"}, {"8", "8 events/s"}, {"50", "50 events/s"}, {"400", "400 events/s"}}, "8"), `</select></label><span class="soft cmp-legend" data-part="cmpLegend"></span></div><div class="cmp-runs">`)
	for i, r := range rivals {
		name := RivalName(i)
		p.w(`<section class="cmp-run" role="group" aria-label="`, esc(phrase.RunNamed+name+", "+r.Words()), `"><h3><b class="cmp-name" aria-hidden="true">`, name, `</b> `, esc(r.Words()),
			` <span class="soft" data-part="cmpEvent`, strconv.Itoa(i), `"></span></h3><p class="say" data-part="cmpSay`, strconv.Itoa(i), `"><span>`+phrase.Running+`</span></p>`,
			`<div class="cmp-strip" data-strip="`, strconv.Itoa(i), `"><div data-part="cmpStrip`, strconv.Itoa(i), `"></div><div class="head" data-part="cmpHead`, strconv.Itoa(i), `" hidden></div></div>`,
			`<div class="picture" data-part="cmpBoard`, strconv.Itoa(i), `"></div></section>`)
	}
	p.w(`</div><div data-part="cmpEnd"></div>`)
	return p.String()
}

// compared says what is compared with what. fork is what a fork is of, "" without.
func compared(rivals []Rival, fork string) string {
	if fork != "" {
		return phrase.AIsTheOriginalBIs + fork
	}
	first, differ := rivals[0].Settings, []string{}
	for _, x := range []struct {
		name string
		same func(s lesson.Settings) bool
	}{
		{phrase.DifferInEra, func(s lesson.Settings) bool { return s.Era == first.Era }},
		{"GOMAXPROCS", func(s lesson.Settings) bool { return s.Procs == first.Procs }},
		{phrase.DifferInCores, func(s lesson.Settings) bool { return s.Cores == first.Cores }},
		{phrase.DifferInSeed, func(s lesson.Settings) bool { return s.Seed == first.Seed }},
	} {
		for _, r := range rivals[1:] {
			if !x.same(r.Settings) {
				differ = append(differ, x.name)
				break
			}
		}
	}
	if len(differ) == 0 {
		return phrase.TheSameProgramOnTheSame
	}
	return phrase.OneProgram + strconv.Itoa(len(rivals)) + phrase.RunsWhatDiffersIs + strings.Join(differ, phrase.AndBetween) + phrase.AllElseIsTheSameOne
}

// RivalBoard is what a run's computer does at an instant, as a picture that nobody
// can operate.
func RivalBoard(f *view.Frame, title string) string {
	p := &page{keyed: map[string]bool{}}
	b := f.Board
	p.w(`<div role="img" aria-label="`, esc(title+": "+posterWords(f)), `"><div inert>`)
	p.cores(b)
	p.kernel(b)
	p.w(`<div class="boxes">`)
	if b.HasQ {
		p.global(b)
	}
	p.waiting(b)
	p.w(`</div></div></div>`)
	return p.String()
}
