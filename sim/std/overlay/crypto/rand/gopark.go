//go:build gopark

package rand

import _ "unsafe" // for linkname

//go:linkname fatal runtime.fatal
func fatal(string)
