package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	card    = `cell($).querySelector("[role=dialog]:not([hidden])")`
	heading = card + `.querySelector("h3").textContent`
)

// workers is a program with a channel, a lock and goroutines that wait for both.
const workers = `package main

import "sync"

var mu sync.Mutex

func main() {
	jobs := make(chan int, 2)
	done := make(chan bool)
	for range 3 {
		go func() {
			total := 0
			for j := range jobs {
				mu.Lock()
				total += j
				mu.Unlock()
			}
			done <- total > 0
		}()
	}
	for i := range 12 {
		jobs <- i
	}
	close(jobs)
	for range 3 {
		<-done
	}
}
`

// opened runs a program in the lesson and goes to an event.
func opened(t *testing.T, screen chromedp.Action[chromedp.Void], colours, program string, part float64) *tab {
	t.Helper()
	b := open(t, serve(t, "/")+lessonPath, screen, scheme(colours))
	b.ready()
	b.editIn(title, program)
	b.press(title, "Run")
	b.await(`Number(must("slider", "Time", cell($)).max) > 20 && must("button", "Stop", cell($)).disabled`, title)
	n := eval[int](b, `Math.round($ * Number(must("slider", "Time", cell("Five in a row")).max))`, part)
	b.seekIn(title, n)
	return b
}

// TestCard: whatever stands on the board can be opened by hand and by keys, says
// why it does or does not run, and leads to what it waits for.
func TestCard(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", workers, 0.7)
		name := strings.ReplaceAll(t.Name(), "/", "-")
		b.act(`must("button", /^G1,/, part($, "Board")).click()`, title)
		b.await(heading+` === "G1" && document.activeElement.textContent === "G1"`, title)
		b.await(`/Why is it (not )?running\?/.test(`+card+`.innerText) && `+card+`.querySelector(".why li")`, title)
		b.await(`/goid/.test(`+card+`.innerText)`, title)
		b.keep(name, chromedp.CaptureScreenshot())
		b.axe("an open card")

		// A sentence's link goes to another object, and back.
		b.act(card+`.querySelector(".why [data-o], .why [data-g]:not([data-g='1'])").click()`, title)
		b.await(heading+` !== "G1"`, title)
		b.act(`must("button", "Back to the object before", cell($)).click()`, title)
		b.await(heading+` === "G1"`, title)

		// A field says what it means.
		b.act(card+`.querySelector("summary").click()`, title)
		b.await(card+`.querySelector("details[open] p").innerText.length > 10`, title)

		// The card goes with the time, and stays open.
		b.press(title, "Previous event")
		b.await(heading+` === "G1" && `+card+`.querySelector("details[open]")`, title)

		// Escape closes it and gives the focus back.
		b.act(card+`.querySelector("h3").focus()`, title)
		b.keys(kb.Escape)
		b.await(`!`+card+` && document.activeElement.dataset.g === "1"`, title)

		// An M, a P and the scheduler, by keys.
		for _, kind := range []string{"m:", "p:", "sched:", "core:"} {
			b.act(`part($, "Board").querySelector("[data-o^='`+kind+`']").focus()`, title)
			b.keys(kb.Enter)
			b.await(card+` && document.activeElement.tagName === "H3" && `+card+`.querySelectorAll(".facts details").length > 1`, title)
			b.keep(name+"-"+kind[:1], chromedp.CaptureScreenshot())
			b.keys(kb.Escape)
			b.await(`!`+card, title)
		}

		// The timeline's lanes too.
		b.act(`must("button", "P0", part($, "Timeline")).click()`, title)
		b.await(heading+` === "P0"`, title)
	})
}

// TestCardOfChannel: a channel is drawn as its buffer with both queues.
func TestCardOfChannel(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "dark", workers, 0.7)
		b.await(`part($, "Board").querySelector("[data-o^='at:']")`, title)
		b.act(`part($, "Board").querySelector("[data-o^='at:']").click()`, title)
		b.await(`/recvq/.test(`+card+`.innerText) && /sendq/.test(`+card+`.innerText)`, title)
		b.keep(strings.ReplaceAll(t.Name(), "/", "-"), chromedp.CaptureScreenshot())
		b.axe("a channel")
	})
}
