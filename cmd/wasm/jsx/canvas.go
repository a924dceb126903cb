//go:build js

package jsx

import "syscall/js"

// Picture is a canvas of its own with pixels on it: red, green, blue and opacity
// of each, row by row.
func Picture(pixels []byte, width, height int) js.Value {
	canvas := Document.Call("createElement", "canvas")
	canvas.Set("width", width)
	canvas.Set("height", height)
	if width > 0 && height > 0 {
		Put(canvas, pixels, width, height)
	}
	return canvas
}

// Put puts pixels on a canvas, at its upper left corner.
func Put(canvas js.Value, pixels []byte, width, height int) {
	array := Global.Get("Uint8ClampedArray").New(len(pixels))
	js.CopyBytesToJS(array, pixels)
	image := Global.Get("ImageData").New(array, width, height)
	canvas.Call("getContext", "2d").Call("putImageData", image, 0, 0)
}
