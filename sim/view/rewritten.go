package view

import "strings"

// rewritten are the files of the standard library that are Gopark's own here:
// their lines are not those that a reader would find in Go's source.
var rewritten = map[string]bool{
	"archive/tar/gopark.go":                      true,
	"crypto/internal/boring/boring.go":           true,
	"crypto/internal/constanttime/gopark.go":     true,
	"crypto/internal/fips140/drbg/drbg.go":       true,
	"crypto/internal/fips140/gopark.go":          true,
	"crypto/internal/fips140only/fips140only.go": true,
	"crypto/rand/gopark.go":                      true,
	"crypto/subtle/gopark.go":                    true,
	"encoding/binary/gopark.go":                  true,
	"go/build/gopark.go":                         true,
	"hash/maphash/gopark.go":                     true,
	"internal/abi/gopark.go":                     true,
	"internal/bytealg/gopark.go":                 true,
	"internal/chacha8rand/block.go":              true,
	"internal/cpu/gopark.go":                     true,
	"internal/goarch/gopark.go":                  true,
	"internal/godebug/godebug.go":                true,
	"internal/goroot/gopark.go":                  true,
	"internal/poll/poll.go":                      true,
	"internal/syscall/unix/unix.go":              true,
	"net/gopark.go":                              true,
	"runtime/sigqueue.go":                        true,
	"syscall/net.go":                             true,
	"internal/reflectlite/runtime.go":            true,
	"internal/runtime/maps/maps.go":              true,
	"internal/runtime/sys/sys.go":                true,
	"internal/sync/gopark.go":                    true,
	"internal/synctest/gopark.go":                true,
	"internal/sysinfo/gopark.go":                 true,
	"math/bits/bits_errors.go":                   true,
	"os/fs.go":                                   true,
	"os/os.go":                                   true,
	"reflect/call.go":                            true,
	"reflect/runtime.go":                         true,
	"runtime/debug/debug.go":                     true,
	"runtime/error.go":                           true,
	"runtime/finalizer.go":                       true,
	"runtime/mem.go":                             true,
	"runtime/memstats.go":                        true,
	"runtime/metrics/gopark.go":                  true,
	"runtime/panic.go":                           true,
	"runtime/places.go":                          true,
	"runtime/pprof/gopark.go":                    true,
	"runtime/proc.go":                            true,
	"runtime/profile.go":                         true,
	"runtime/symtab.go":                          true,
	"runtime/synctest.go":                        true,
	"runtime/trace.go":                           true,
	"runtime/trace/trace.go":                     true,
	"runtime/type.go":                            true,
	"sync/gopark.go":                             true,
	"syscall/errno.go":                           true,
	"syscall/mmap.go":                            true,
	"syscall/raw.go":                             true,
	"syscall/signal.go":                          true,
	"syscall/syscall.go":                         true,
	"testing/gopark.go":                          true,
	"time/loops.go":                              true,
	"time/zone.go":                               true,
	"unique/unique.go":                           true,
}

// ours reports whether a file of the standard library is Gopark's own.
func ours(file string) bool {
	_, path, ok := strings.Cut(file, "/src/")
	return ok && rewritten[path]
}
