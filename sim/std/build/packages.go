package build

// Packages are what programs may import. What they import comes along.
var Packages = []string{
	"archive/tar", "archive/zip", "bufio", "bytes", "cmp", "compress/bzip2", "compress/flate", "compress/gzip",
	"compress/lzw", "compress/zlib", "container/heap", "container/list", "container/ring", "context", "crypto",
	"crypto/hmac", "crypto/md5", "crypto/rand", "crypto/sha1", "crypto/sha256", "crypto/sha3", "crypto/sha512",
	"crypto/subtle", "embed", "encoding", "encoding/ascii85", "encoding/base32", "encoding/base64",
	"encoding/binary", "encoding/csv", "encoding/gob", "encoding/hex", "encoding/json", "encoding/pem",
	"encoding/xml", "errors", "flag", "fmt", "go/ast", "go/build", "go/build/constraint", "go/constant", "go/doc",
	"go/doc/comment", "go/format", "go/parser", "go/printer", "go/scanner", "go/token", "go/version", "hash",
	"hash/adler32", "hash/crc32", "hash/crc64", "hash/fnv", "hash/maphash", "html", "html/template", "image",
	"image/color", "image/color/palette", "image/draw", "image/gif", "image/jpeg", "image/png",
	"index/suffixarray", "io", "io/fs", "io/ioutil", "iter", "log", "log/slog", "maps", "math", "math/big",
	"math/bits", "math/cmplx", "math/rand", "math/rand/v2", "mime/quotedprintable", "net/netip", "net/url", "os",
	"os/signal", "path", "path/filepath", "reflect", "regexp", "regexp/syntax", "runtime", "runtime/debug",
	"runtime/metrics", "runtime/pprof", "runtime/trace", "slices", "sort", "strconv", "strings", "structs",
	"sync", "sync/atomic", "syscall", "testing", "testing/fstest", "testing/iotest", "testing/quick",
	"testing/slogtest", "testing/synctest", "text/scanner", "text/tabwriter", "text/template",
	"text/template/parse", "time", "time/tzdata", "unicode", "unicode/utf16", "unicode/utf8", "unique", "weak",
}
