package browsertest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestEveryLesson: every lesson opens, fits the screen, and its first program
// runs to its end or to the question that stops it.
func TestEveryLesson(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "lessons", "[0-9]*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal("no lessons", err)
	}
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		site := serve(t, "/")
		b := open(t, site+"about/", screen)
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".md")
			b.goTo(site + "lessons/" + name + "/")
			b.act(`document.querySelector("section.cell [data-act=run]").click()`)
			b.await(`(() => { const c = document.querySelector("section.cell");
				return !c.classList.contains("busy") && c.classList.contains("asking") ? c.querySelector(".ask button") : c.querySelector("[data-part=output] .end"); })()`)
			if wide := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
				t.Errorf("%s is %d pixels wider than the screen", name, wide)
			}
			b.shot(name + "-" + strings.ReplaceAll(t.Name(), "/", "-"))
		}
	})
}
