package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// conversation is a cell at which the player stops and asks who runs next: it is
// G8, and G7 is the third in P0's queue.
const conversation = "A conversation and a bystander"

// TestGate: a run stops where a question is about it, hides what would tell, is
// answered by a click on the board, and goes on.
func TestGate(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/")+lessonPath, screen)
		b.ready()
		const ask = `document.getElementById("ask-who-answers")`
		const says = ask + `.querySelector("[role=status]").innerText`
		b.press(conversation, "Run")
		b.await(`cell($).contains(`+ask+`) && named("group", "Choose on the board, or here", cell($))`, conversation)
		b.await(`document.activeElement === ` + ask + `.querySelector(".ask-text")`)
		b.await(`cell($).querySelector(".timeline").inert && cell($).querySelector(".transport").inert`, conversation)
		if eval[bool](b, `part($, "Output").innerText.includes("squared")`, conversation) {
			t.Error("the output tells how it goes on")
		}
		b.axe("a question on the board")
		for _, beside := range []string{".p .tick", ".core .n", ".chip"} {
			b.act(`part($, "Board").querySelector(".picture " + $).click()`, conversation, beside)
		}
		b.shotOf("#cell-conversation", "gate-"+strings.ReplaceAll(t.Name(), "/", "-"))

		b.act(`part($, "Board").querySelector(".picture [data-g='7']").click()`, conversation)
		b.await(says + `.includes("G7 is number 3 in P0’s queue; for it to run next, G8, G5 and G6 before it would have had to be gone")`)
		b.await(`part($, "Board").querySelector(".truth[data-g='8']") && part($, "Board").querySelector(".wrong[data-g='7']")`, conversation)
		b.shotOf("#cell-conversation", "gate-wrong-"+strings.ReplaceAll(t.Name(), "/", "-"))
		if eval[bool](b, `!cell($).querySelector("[data-part=card]").hidden`, conversation) {
			t.Error("the click has opened the goroutine's card")
		}

		b.act(ask + `.querySelector("input[value=G8]").click()`)
		b.act(`must("button", "Check", ` + ask + `).click()`)
		b.await(says + `.includes("Right. G8 runs next")`)
		b.act(`must("button", "Watch it happen", ` + ask + `).click()`)
		b.await(`!cell($).contains(`+ask+`) && !cell($).querySelector(".timeline").inert`, conversation)
		b.await(`part($, "Board").querySelector(".seat [data-g='8']")`, conversation)

		b.reload()
		b.ready()
		b.await(says + `.includes("You have answered this")`)
		b.press(conversation, "Run")
		b.await(`part($, "Output").innerText.includes("2 squared is 4") && !cell($).contains(`+ask+`)`, conversation)
	})
}

// TestGateLater: whoever doesn't want to be asked isn't asked again; and a reader
// may ask for the question from the text, unless the program is another one.
func TestGateLater(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+lessonPath)
	b.ready()
	const ask = `document.getElementById("ask-who-answers")`
	b.press(conversation, "Run")
	b.await(`cell($).contains(`+ask+`)`, conversation)
	b.act(`must("button", "Not now", ` + ask + `).click()`)
	b.await(`!cell($).contains(`+ask+`) && !cell($).querySelector(".transport").inert`, conversation)
	b.press(conversation, "End")
	b.await(`part($, "Output").innerText.includes("2 squared is 4")`, conversation)
	b.press(conversation, "Run")
	b.await(`named("button", "Run", cell($)) && part($, "Output").innerText.includes("2 squared is 4")`, conversation)
	b.act(`must("button", "Stop there and ask me", ` + ask + `).click()`)
	b.await(`cell($).contains(`+ask+`) && named("group", "Choose on the board, or here", cell($))`, conversation)
	b.press(conversation, "Run") // which puts the question back
	b.await(`!cell($).contains(`+ask+`)`, conversation)
	b.editIn(conversation, hello)
	b.act(`must("button", "Stop there and ask me", ` + ask + `).click()`)
	b.await(`cell($).innerText.includes("you have changed it")`, conversation)
}

// TestGatePlay: a run that is played stops at its question, too.
func TestGatePlay(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+"lessons/13-channels-park/")
	b.ready()
	const name = "Ann and Bob"
	const ask = `document.getElementById("ask-bob-or-ann")`
	b.act(`[...document.querySelectorAll("a.step")].find((a) => a.textContent === "parks").click()`)
	b.await(`Number(must("slider", "Time", cell($)).value) > 0`, name)
	b.press(name, "Next event")
	b.press(name, "Play")
	b.await(`cell($).contains(`+ask+`) && !named("button", "Pause", cell($))`, name)
	b.act(`must("button", "Check", ` + ask + `).click()`)
	b.await(ask + `.innerText.includes("Choose or write an answer first.")`)
}
