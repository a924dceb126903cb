//go:build !js

package lesson

import "regexp"

// Examples are the examples of the authors' manual, joined to one lesson.
func Examples(manual []byte) []byte {
	all := []byte("# The manual's examples\n\n")
	for _, e := range regexp.MustCompile("(?s)````markdown\n(.*?)````\n").FindAllSubmatch(manual, -1) {
		all = append(append(all, e[1]...), '\n')
	}
	return all
}
