// Package lessons holds the text of the lessons. It knows neither how they are
// parsed (package sim/lesson does) nor how they are shown.
package lessons

import "embed"

// Files are the lessons, one Markdown file each, named by number and subject,
// and README.md, the manual for those who write them.
//
//go:embed *.md
var Files embed.FS
