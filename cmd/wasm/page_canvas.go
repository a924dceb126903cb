//go:build js

package main

import (
	"math"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/cmd/wasm/raster"
	"gopark/sim/view"
)

// inks are the canvas's own colours: of a light and of a dark page.
type inks struct {
	ink, soft, line, well, onSolid, bad, card string
	raster                                    *raster.Inks
}

var (
	lightInks = inks{"#1d2127", "#5c6370", "#dcd8cd", "#f1eee6", "#fff", "#b42318", "#fff",
		&raster.Inks{Soft: raster.RGB(0x5c, 0x63, 0x70), Line: raster.RGB(0xdc, 0xd8, 0xcd), Well: raster.RGB(0xf1, 0xee, 0xe6)}}
	darkInks = inks{"#e6e4de", "#9aa0aa", "#3a3f49", "#101216", "#14161a", "#ff8f80", "#1a1d22",
		&raster.Inks{Soft: raster.RGB(0x9a, 0xa0, 0xaa), Line: raster.RGB(0x3a, 0x3f, 0x49), Well: raster.RGB(0x10, 0x12, 0x16), Dark: true}}
)

func (t *timeline) inks() *inks {
	if t.c.page.dark {
		return &darkInks
	}
	return &lightInks
}

// A brush draws on the timeline's canvas and sets a colour only if it changes.
type brush struct {
	*inks
	ctx  js.Value
	fill string
}

func (b *brush) colour(css string) {
	if css != b.fill {
		b.fill = css
		b.ctx.Set("fillStyle", css)
	}
}

func (b *brush) rect(css string, x, y, w, h float64) {
	b.colour(css)
	b.ctx.Call("fillRect", x, y, w, h)
}

func (b *brush) text(css, s string, x, y float64) {
	b.colour(css)
	b.ctx.Call("fillText", s, x, y)
}

// recolour is told that the page's colours are others.
func (t *timeline) recolour() {
	t.tiles.repaint()
	t.draw()
}

// frame draws all there is, with the tiles that have come, and asks for others.
func (t *timeline) frame(float64) (more bool) {
	if t.width == 0 {
		return false
	}
	t.tiles.begin()
	t.count()
	t.tiles.owing = false
	b := &brush{inks: t.inks(), ctx: t.fit()}
	t.paint(b, func() { t.tiles.needed(func(k tileKey) { t.tile(b, k) }) })
	if t.end > 0 {
		t.tiles.ask()
	}
	t.placeHead()
	t.say()
	return t.tiles.owing
}

// paint draws all there is; lanes draws what is in them.
func (t *timeline) paint(b *brush, lanes func()) {
	b.ctx.Set("textBaseline", "middle")
	t.axis(b)
	if t.end > 0 {
		t.clipped(b, func() {
			for i := range t.rows {
				b.rect(b.well, t.label(), laneTop+float64(i)*t.pitch(), t.plot(), laneHeight)
			}
			lanes()
			t.labels(b)
			t.marks.draw(b)
		})
	}
}

// count takes the lanes from the tiles that are about to be drawn: they may have
// come long ago.
func (t *timeline) count() {
	if t.end == 0 {
		return
	}
	t.tiles.needed(func(k tileKey) {
		if tile, _, _ := t.tiles.find(k); tile != nil && len(tile.pack.Lanes) > len(t.rows) {
			t.taken(tile.pack)
		}
	})
}

// fit makes the canvas as large as it has to be, and empty.
func (t *timeline) fit() (ctx js.Value) {
	if ratio := jsx.Global.Get("devicePixelRatio").Float(); ratio != t.ratio {
		t.ratio, t.names = ratio, ""
		t.tiles.repaint()
		t.tell()
	}
	height := laneTop + float64(max(1, len(t.rows)))*t.pitch()
	size := [2]int{int(math.Round(t.width * t.ratio)), int(math.Round(height * t.ratio))}
	ctx = t.canvas.Call("getContext", "2d", map[string]any{"alpha": true})
	if size != t.drawn {
		t.drawn = size
		t.canvas.Set("width", size[0])
		t.canvas.Set("height", size[1])
		style := t.canvas.Get("style")
		style.Set("width", px(t.width))
		style.Set("height", px(height))
	}
	ctx.Call("setTransform", t.ratio, 0, 0, t.ratio, 0, 0)
	ctx.Call("clearRect", 0, 0, t.width, height)
	return ctx
}

// clipped draws where time is, below the axis.
func (t *timeline) clipped(b *brush, draw func()) {
	b.ctx.Call("save")
	b.ctx.Call("beginPath")
	b.ctx.Call("rect", t.label(), axisHeight, t.plot(), float64(t.drawn[1]))
	b.ctx.Call("clip")
	draw()
	b.ctx.Call("restore")
	b.fill = ""
}

// tile draws a tile, or what there is in its place.
func (t *timeline) tile(b *brush, k tileKey) {
	whole, x, w := t.tiles.find(k)
	if whole != nil {
		t.blit(b, whole, k, x, w)
	}
	if whole == nil || w < tileWidth {
		t.tiles.fine(k, tileFine, func(half tileKey, tile *tile) { t.blit(b, tile, half, 0, tileWidth) })
	}
}

// blit draws the part of a picture from x on, w wide, where the tile k has its
// place, from whole pixel to whole pixel: so there is no seam.
func (t *timeline) blit(b *brush, tile *tile, k tileKey, x, w float64) {
	if len(tile.pack.Lanes) == 0 {
		return
	}
	picture := t.tiles.picture(tile)
	edge := func(i int64) float64 { return math.Round(t.x(float64(i)*k.span())*t.ratio) / t.ratio }
	x0, x1 := edge(k.index), edge(k.index+1)
	if x1 <= x0 {
		return
	}
	height := float64(t.measures().Height(len(tile.pack.Lanes)))
	b.ctx.Set("imageSmoothingEnabled", w == tileWidth && k.level > tileLeast)
	b.ctx.Call("drawImage", picture, x, 0, w, height, x0, laneTop, x1-x0, height/t.ratio)
}

// labels writes the names of goroutines where they fit.
func (t *timeline) labels(b *brush) {
	if t.kind == view.LaneG || t.kind == view.LaneProcess {
		return // the lane's name says it
	}
	b.ctx.Set("font", "600 11px ui-monospace, Menlo, Consolas, monospace")
	open := make([]wide, len(t.rows)) // that may go on in the next tile
	flush := func(row int) {
		t.name(b, row, open[row])
		open[row] = wide{}
	}
	t.tiles.needed(func(k tileKey) {
		tile := t.tiles.kept[k]
		for row := range t.rows {
			if tile == nil || row >= len(tile.wide) {
				flush(row)
				continue
			}
			for _, w := range tile.wide[row] {
				if o := &open[row]; o.goid == w.goid && o.run == w.run && o.t1 >= w.t0 {
					o.t1 = w.t1
					continue
				}
				flush(row)
				open[row] = w
			}
		}
	})
	for row := range open {
		flush(row)
	}
}

// name writes a goroutine's name at the beginning of where it is to be seen.
func (t *timeline) name(b *brush, row int, w wide) {
	if w.goid == 0 {
		return
	}
	x0, x1 := max(t.label(), t.x(w.t0)), min(t.width, t.x(w.t1))
	s := "G" + view.Plain(w.goid)
	if x1-x0 < 7*float64(len(s))+9 {
		return
	}
	ink := b.onSolid
	if !w.run {
		ink = b.ink
	}
	b.text(ink, s, x0+5, laneTop+float64(row)*t.pitch()+laneHeight/2+0.5)
}

// axis writes times on round numbers, some ninety pixels apart. Where they would be
// long, what they have in common stands at the left.
func (t *timeline) axis(b *brush) {
	b.ctx.Set("font", "11px system-ui, sans-serif")
	if t.end == 0 {
		b.text(b.soft, phrase.LanesAppearWhenTheProgramRuns, t.label(), axisHeight+laneHeight/2)
		return
	}
	from, to := t.window()
	step := roundStep((to - from) * 90 / t.plot())
	base, prefix := axisBase(from, to)
	left := t.label()
	if prefix != "" {
		b.text(b.ink, prefix, left+2, axisHeight/2-2)
		left += 6.2*float64(len(prefix)) + 14
	}
	height := float64(t.drawn[1]) / t.ratio
	for i := math.Ceil(from / step); i*step <= to; i++ {
		x := t.x(i * step)
		b.rect(b.line, x, axisHeight-6, 1, height)
		if x >= left && x < t.width-56 {
			label := view.Duration(int64(i*step - base))
			if prefix != "" {
				label = "+" + label
			}
			b.text(b.soft, label, x+4, axisHeight/2-2)
		}
	}
}

// axisBase is what the times of a window have in common if it is much shorter
// than they are long: whole µs, ms or s, and how they are written.
func axisBase(from, to float64) (base float64, prefix string) {
	unit, name := 1e3, " µs"
	switch {
	case to-from > 1e6:
		unit, name = 1e9, " s"
	case to-from > 1e3:
		unit, name = 1e6, phrase.Milliseconds
	}
	if from < unit || to-from > unit {
		return 0, ""
	}
	whole := math.Floor(from / unit)
	return whole * unit, view.Count(int64(whole)) + name
}

// roundStep is the smallest of 1, 2, 5, 10, 20 … that is at least min.
func roundStep(min float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(math.Max(1, min))))
	for _, f := range []float64{1, 2, 5, 10} {
		if f*unit >= min {
			return f * unit
		}
	}
	return 10 * unit
}
