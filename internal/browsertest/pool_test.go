package browsertest

import (
	"context"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// browsers are those that were started: as many as tests run side by side. A
// test has one of them to itself, so that no other takes its focus, and its
// tabs share what the browser keeps; the next test gets it when it is over.
var browsers pool

type pool struct {
	chromium string // the program

	mu    sync.Mutex
	idle  []context.Context
	used  map[*testing.T]context.Context
	stops []context.CancelFunc
}

// of is the browser of a test.
func (p *pool) of(t *testing.T) context.Context {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if b, ok := p.used[t]; ok {
		return b
	}
	if len(p.idle) == 0 {
		p.idle = append(p.idle, p.start(t))
	}
	last := len(p.idle) - 1
	b := p.idle[last]
	p.idle = p.idle[:last]
	if p.used == nil {
		p.used = map[*testing.T]context.Context{}
	}
	p.used[t] = b
	t.Cleanup(func() { // after its tabs are closed, which are opened later
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.used, t)
		p.idle = append(p.idle, b)
	})
	return b
}

func (p *pool) start(t *testing.T) context.Context {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(p.chromium),
		chromedp.NoSandbox, // there is none for root in a container
		chromedp.Flag("enable-blink-features", "ComputedAccessibilityInfo"),
		// Each window would load two pages for suggestions under an address that nobody types.
		chromedp.Flag("disable-features", "Translate,WebUIOmniboxPopup,WebUIOmniboxAimPopup"),
	)
	if *framesOf == 0 { // where frames are measured nothing may be done beside
		// Without it, the browser makes the tree of the whole page anew for each name that a test asks for.
		opts = append(opts, chromedp.Flag("force-renderer-accessibility", "basic"))
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	browser, cancel := chromedp.NewContext(alloc)
	p.stops = append(p.stops, func() { cancel(); stop() })
	if err := chromedp.Do(browser); err != nil {
		t.Fatal("the browser does not start: ", err)
	}
	return browser
}

// stop ends all of them.
func (p *pool) stop() {
	for _, stop := range p.stops {
		stop()
	}
}
