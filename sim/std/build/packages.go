package build

// Packages are what programs may import. What they import comes along.
var Packages = []string{
	"archive/zip", "bufio", "bytes", "compress/flate", "compress/gzip", "cmp", "container/heap", "container/list", "container/ring", "context",
	"embed", "encoding", "encoding/gob", "encoding/pem", "encoding/xml", "encoding/base32", "encoding/base64", "encoding/binary", "encoding/csv", "encoding/hex",
	"encoding/json", "errors", "flag", "fmt", "hash", "hash/adler32", "hash/crc32", "hash/crc64", "hash/fnv",
	"hash/maphash", "go/ast", "go/format", "go/parser", "go/token", "html", "html/template", "image", "image/color", "index/suffixarray", "io", "io/fs", "io/ioutil", "iter", "log", "log/slog", "maps", "math", "math/big", "math/bits",
	"math/cmplx", "math/rand", "math/rand/v2", "net/netip", "net/url", "os", "path", "path/filepath", "reflect", "regexp", "regexp/syntax",
	"runtime", "runtime/debug", "slices", "sort", "strconv", "strings", "structs", "sync", "sync/atomic", "syscall",
	"text/scanner", "text/tabwriter", "text/template", "text/template/parse", "time", "unicode", "unicode/utf16",
	"unicode/utf8", "unique", "weak",
}
