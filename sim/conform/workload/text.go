package workload

import (
	"strconv"
	"strings"
)

// Text writes a million numbers into one string.
func Text() int {
	var b strings.Builder
	for i := range 1_000_000 {
		b.WriteString(strconv.Itoa(i))
	}
	return b.Len()
}
