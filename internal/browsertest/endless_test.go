package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestEndless: of a loop that calls nobody the player shows all the time that it took, and
// who goes on after the last event.
func TestEndless(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		const title = "Until the flag is set"
		clock, said := `cell($).querySelector(".clock").innerText`, `cell($).querySelector(".say").innerText`
		b := open(t, serve(t, "/")+"lessons/19-taking-turns/", screen, scheme("light"))
		b.ready()
		b.press(title, "Run")
		b.await(`part($, "Output").innerText.includes("which is the limit")`, title)
		b.await(`/^100\.\d+ ms of 100\.\d+ ms/.test(`+clock+`)`, title)
		b.await(`/Nothing has happened since, for 8\d\.\d+ ms, while G1 ran on/.test(`+said+`)`, title)
		b.keep(strings.ReplaceAll(t.Name(), "/", "-"), chromedp.CaptureScreenshot())
		b.press(title, "Previous event")
		b.await(`!`+said+`.includes("Nothing has happened since")`, title)
		b.press(title, "Next event")
		b.await(`/^100\.\d+ ms of/.test(`+clock+`)`, title)
	})
}
