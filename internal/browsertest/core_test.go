package browsertest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestCore: the engine runs on the core, and without it when it doesn't load.
func TestCore(t *testing.T) {
	t.Parallel()
	b := ran(t)
	b.await(`document.documentElement.hasAttribute("data-core")`)

	files := http.FileServer(http.Dir(*siteDir))
	asked := make(chan bool, 9)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/assets/core-") {
			w.Write([]byte("no module"))
			asked <- true
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	b = open(t, server.URL+"/"+lessonPath)
	b.ready()
	b.press(title, "Run")
	b.await(output+`.includes("goroutine 3")`, title)
	<-asked
	if eval[bool](b, `document.documentElement.hasAttribute("data-core")`) {
		t.Error("what is no module became the core")
	}
}
