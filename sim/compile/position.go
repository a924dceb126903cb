package compile

import (
	"go/token"
	"path"
	"strings"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// inFile is where p is in its file. In the library //line directives say so: its
// sources in the image are cut down.
func (f *function) inFile(p token.Pos) token.Position { return f.fset.PositionFor(p, !f.moved) }

// packageInit is what go/ssa says of the function that initialises a package.
const packageInit = "package initializer"

// firstPos is where the first instruction of fn with a place has it: a package's
// initializer has no place of its own.
func firstPos(fn *ssa.Function) token.Pos {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if in.Pos().IsValid() {
				return in.Pos()
			}
		}
	}
	return token.NoPos
}

// movedBy reports whether p is in a file of the reader's with //line directives:
// one holds to the end. A package's initializer is in several files.
func (f *function) movedBy(p token.Pos) bool {
	file := f.fset.File(p)
	if file == nil || !f.user() {
		return false
	}
	if f.fn.Synthetic == packageInit {
		return true
	}
	end := file.Pos(file.Size())
	return file.PositionFor(end, true) != file.PositionFor(end, false)
}

// say notes what a //line directive says of p, which is at pos. As in gc a file's
// name stays relative, though go/scanner adds the folder.
func (f *function) say(p token.Pos, pos token.Position) {
	said := f.fset.PositionFor(p, true)
	file := said.Filename
	switch {
	case said == pos:
	case file == "":
		file = "??"
	default:
		file = strings.TrimPrefix(file, path.Dir(pos.Filename)+"/")
	}
	run := code.SaidRun{PC: uint32(len(f.out.Code)), File: file, Line: int32(said.Line)}
	if n := len(f.out.Said); n > 0 && f.out.Said[n-1].PC == run.PC {
		f.out.Said = f.out.Said[:n-1]
	}
	f.out.Said = append(f.out.Said, run)
}
