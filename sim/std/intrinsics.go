package std

// Intrinsics are functions that have bodies in GOROOT and are native all the
// same, for speed: what memory does in one go, and what gc makes one
// instruction of. compile leaves their bodies out; package vm has them.
var Intrinsics = intrinsicsOf(map[string][]string{
	"bytes":   {"Compare", "Equal", "IndexByte"},
	"strings": {"Compare", "IndexByte"},
	"internal/bytealg": {
		"Compare", "CompareString", "Count", "CountString", "Equal", "IndexByte", "IndexByteString",
		"LastIndexByte", "LastIndexByteString",
	},
	"math": {
		"Abs", "Ceil", "Copysign", "FMA", "Float32bits", "Float32frombits", "Float64bits", "Float64frombits",
		"Floor", "RoundToEven", "Sqrt", "Trunc", "sqrt",
	},
	"math/bits": {
		"Add", "Add64", "Mul", "Mul64", "Sub", "Sub64",
		"LeadingZeros", "LeadingZeros8", "LeadingZeros16", "LeadingZeros32", "LeadingZeros64",
		"Len", "Len8", "Len16", "Len32", "Len64",
		"OnesCount", "OnesCount8", "OnesCount16", "OnesCount32", "OnesCount64",
		"Reverse", "Reverse8", "Reverse16", "Reverse32", "Reverse64",
		"ReverseBytes", "ReverseBytes16", "ReverseBytes32", "ReverseBytes64",
		"RotateLeft", "RotateLeft8", "RotateLeft16", "RotateLeft32", "RotateLeft64",
		"TrailingZeros", "TrailingZeros8", "TrailingZeros16", "TrailingZeros32", "TrailingZeros64",
	},
})

func intrinsicsOf(byPackage map[string][]string) map[string]bool {
	all := map[string]bool{}
	for path, names := range byPackage {
		for _, name := range names {
			all[path+"."+name] = true
		}
	}
	return all
}

// Native reports whether sym is native although it has a body.
func Native(sym string) bool { return Intrinsics[sym] }

// Wrapper reports functions that stand between a caller and the function it
// means, as reflect's method values and made functions do: recover looks through them and
// tracebacks leave them out (cmd/internal/obj: WRAPPER).
func Wrapper(sym string) bool {
	switch sym {
	case "reflect.makeMethodValue$1", "(*reflect.frame).invoke", "reflect.MakeFunc$1", "(*reflect.frame).serve":
		return true
	}
	return false
}
