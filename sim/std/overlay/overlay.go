// Package overlay holds the parts of the standard library that touch the
// runtime or the system, rewritten for the simulated machine. It knows only
// files; package build lays them over GOROOT's.
//
// Directory overlay/P holds files for package P. All of them carry the build
// constraint gopark (the architecture's made-up name), so that the go command
// leaves them alone. They combine with GOROOT's files by five rules:
//
//   - a file that has the name of one in GOROOT replaces it;
//   - a top-level declaration or method replaces GOROOT's of the same name;
//   - a line "//gopark:only" in any file makes the package consist of
//     the overlay's files alone;
//   - a line "//gopark:drop a.go name T.method" removes files and declarations;
//   - a line "//gopark:take a.go" adds a file of GOROOT's that is
//     written for another architecture.
//
// A function without a body is native (see ../NATIVES.md).
package overlay

import "embed"

// Files are the overlays, a directory for each package.
//
//go:embed *
var Files embed.FS
