package view

import (
	"fmt"
	"strings"
)

func writeXRay(b *strings.Builder, x *XRay) {
	if x == nil {
		b.WriteString("nothing\n")
		return
	}
	fmt.Fprintf(b, "%s: %s\n", x.Of.Name(), x.Words)
	for i, f := range x.Frames {
		if i > 2 && i < len(x.Frames)-2 {
			continue
		}
		fmt.Fprintf(b, "  %-28s %5d bytes from %d\n", f.Func, f.Bytes, f.From)
	}
	if x.More > 0 {
		fmt.Fprintf(b, "  and %d more frames\n", x.More)
	}
	for _, p := range x.Pieces {
		fmt.Fprintf(b, "  segment of %d bytes from %d %s\n", p.Size, p.From, p.Func)
	}
	if x.Check != nil {
		fmt.Fprintf(b, "  check: %s\n", x.Check.Says)
	}
	if c := x.Changed; c != nil {
		fmt.Fprintf(b, "  changed: %s. %s now=%v, %d frames before\n", c.Kind, c.Says, c.Now, len(c.Old))
	}
	for _, s := range x.Saves {
		names := make([]string, 0, len(s.Words))
		sum := int64(0)
		for _, w := range s.Words {
			names = append(names, w.Name)
			sum += w.Bytes
		}
		fmt.Fprintf(b, "  %s saves %d bytes = %d: %s\n", s.Kind, s.Bytes, sum, strings.Join(names, " "))
	}
}
