// Package share turns a program, what it runs on and an instant of its run into
// the fragment of a link, and back. It knows nothing of pages, nor which eras
// there are. A link that was made once can be read for ever.
//
// A fragment of version 1 is the version and what differs from nothing:
//
//	1&cell=ping-pong&era=go1.26&procs=1&cores=2&seed=1&event=42&g=7&go=…
//
// Behind go= stands the program in base64url: three bytes that are a checksum
// of all in front of go= and of the program, and the program compressed by
// deflate (RFC 1951) with dict1.txt as its dictionary, in one block of fixed
// codes.
//
// Version 2 has runs beside the first, behind vs= or, of a fork, behind fork=. In version 3 the
// fork's other run has a program of its own: behind to= it stands as the first does behind go=,
// but its dictionary goes on with the first program, so that what is the same takes no room.
package share

import (
	_ "embed"
	"hash/fnv"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Link is what a link says. A zero field is left to the page.
type Link struct {
	Cell   string // of a lesson or an example, by its id
	Era    string
	Procs  int
	Cores  int
	Seed   uint64
	Event  int    // the instant, as a number of events
	Goid   int64  // the goroutine that is looked at
	Source string // "": the cell's own program

	Beside  []Run  // the runs that this one is compared with
	Forks   bool   // Beside is one run, which is this one up to Event
	Changed string // the program of that run, if it is not Source, which then is not ""
}

// A Run is what another run of the program is on.
type Run struct {
	Era   string
	Procs int
	Cores int
	Seed  uint64
}

// Limits of a link. Longer ones are cut off by what they are sent with.
const (
	MaxSource   = 64 << 10 // bytes
	MaxBeside   = 3
	maxSize     = 64       // Ps, cores
	maxFragment = 32 << 10 // bytes
)

// What a fragment begins with, so that a later format can be told apart.
const (
	version        = "1"
	versionCompare = "2" // there are runs beside
	versionChanged = "3" // the one beside has a program of its own
)

//go:embed dict1.txt
var dictionary string

// A Problem is what is wrong with a link, in words for the reader.
type Problem string

func (p Problem) Error() string { return string(p) }

const (
	errTooLarge = Problem("The program is too large for a link. Download it instead.")
	errLong     = Problem("This link is longer than any that Gopark makes, so it was not opened.")
	errDamaged  = Problem("This link is damaged: a part of it is missing or was changed on the way. Ask for it once more.")
	errLater    = Problem("This link was made by a later Gopark. Reload the page to get it.")
)

// IsLink reports whether a fragment is meant as a link of this package, and no
// heading of a lesson: its first word is a number.
func IsLink(fragment string) bool {
	first, _, _ := strings.Cut(fragment, "&")
	_, err := strconv.ParseUint(first, 10, 32)
	return err == nil
}

// Fragment is l as the fragment of a link, without #. Cell and Era have to be
// made of letters, digits, dots and hyphens.
func (l Link) Fragment() (string, error) {
	var b strings.Builder
	b.WriteString(l.version())
	word := func(key, value, zero string) {
		if value != zero {
			b.WriteString("&" + key + "=" + value)
		}
	}
	word("cell", l.Cell, "")
	word("era", l.Era, "")
	word("procs", strconv.Itoa(l.Procs), "0")
	word("cores", strconv.Itoa(l.Cores), "0")
	word("seed", strconv.FormatUint(l.Seed, 10), "0")
	word("event", strconv.Itoa(l.Event), "0")
	word("g", strconv.FormatInt(l.Goid, 10), "0")
	key := "vs"
	if l.Forks {
		key = "fork"
	}
	for _, r := range l.Beside {
		word(key, r.String(), "")
	}
	if max(len(l.Source), len(l.Changed)) > MaxSource {
		return "", errTooLarge
	}
	if l.Source != "" {
		word("go", packed(b.String(), dictionary, l.Source), "")
	}
	if l.Changed != "" {
		word("to", packed(b.String(), dictionary+l.Source, l.Changed), "")
	}
	if b.Len() > maxFragment {
		return "", errTooLarge
	}
	return b.String(), nil
}

// version is the first one that can say what l says.
func (l *Link) version() string {
	switch {
	case l.Changed != "":
		return versionChanged
	case len(l.Beside) > 0:
		return versionCompare
	}
	return version
}

// packed is a program as a link has it, behind head, and unpacked is its inverse.
func packed(head, dict, source string) string {
	return encode64(append(checksum(head, source), pack(dict, source)...))
}

func unpacked(head, dict, value string) (source string, ok bool) {
	data, ok := decode64(value)
	if !ok || len(data) < 3 {
		return "", false
	}
	source, ok = unpack(dict, data[3:], MaxSource)
	return source, ok && utf8.ValidString(source) && string(data[:3]) == string(checksum(head, source))
}

// String is a run as a link has it.
func (r Run) String() string {
	return r.Era + "_" + strconv.Itoa(r.Procs) + "_" + strconv.Itoa(r.Cores) + "_" + strconv.FormatUint(r.Seed, 10)
}

// parseRun is the inverse of String; what String does not write it refuses.
func parseRun(s string) (r Run, ok bool) {
	words := strings.Split(s, "_")
	if len(words) != 4 {
		return r, false
	}
	r.Era = words[0]
	r.Procs, _ = strconv.Atoi(words[1])
	r.Cores, _ = strconv.Atoi(words[2])
	r.Seed, _ = strconv.ParseUint(words[3], 10, 64)
	return r, isName(r.Era) && min(r.Procs, r.Cores) >= 0 && max(r.Procs, r.Cores) <= maxSize && r.String() == s
}

// Parse reads a fragment. Its errors are sentences for the reader.
func Parse(fragment string) (Link, error) {
	if len(fragment) > maxFragment {
		return Link{}, errLong
	}
	made, _, _ := strings.Cut(fragment, "&")
	if made != version && made != versionCompare && made != versionChanged {
		return Link{}, errLater
	}
	rest := fragment[len(made):]
	var l Link
	for rest != "" {
		head := fragment[:len(fragment)-len(rest)]
		var pair string
		pair, rest, _ = strings.Cut(rest[1:], "&")
		if rest != "" {
			rest = "&" + rest
		}
		key, value, _ := strings.Cut(pair, "=")
		if !l.set(key, value, head) {
			return Link{}, errDamaged
		}
	}
	if made != l.version() || l.Forks && (len(l.Beside) > 1 || l.Event == 0) || l.Changed != "" && !l.Forks {
		return Link{}, errDamaged
	}
	return l, nil
}

// set takes one word of a link in; head is what stands in front of it.
func (l *Link) set(key, value, head string) bool {
	switch key {
	case "cell":
		l.Cell = value
		return isName(value)
	case "era":
		l.Era = value
		return isName(value)
	case "procs":
		return number(&l.Procs, value, maxSize)
	case "cores":
		return number(&l.Cores, value, maxSize)
	case "event":
		return number(&l.Event, value, 1<<31-1)
	case "seed":
		n, err := strconv.ParseUint(value, 10, 64)
		l.Seed = n
		return err == nil
	case "g":
		n, err := strconv.ParseInt(value, 10, 64)
		l.Goid = n
		return err == nil && n > 0
	case "vs", "fork":
		r, ok := parseRun(value)
		l.Beside = append(l.Beside, r)
		l.Forks = l.Forks || key == "fork"
		return ok && len(l.Beside) <= MaxBeside
	case "go":
		source, ok := unpacked(head, dictionary, value)
		l.Source = source
		return ok && l.Changed == ""
	case "to":
		changed, ok := unpacked(head, dictionary+l.Source, value)
		l.Changed = changed
		return ok && l.Source != "" && changed != ""
	}
	return false
}

func number(to *int, value string, most int) bool {
	n, err := strconv.Atoi(value)
	*to = n
	return err == nil && n > 0 && n <= most
}

func isName(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '.' && c != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

func checksum(head, source string) []byte {
	sum := fnv.New32a()
	sum.Write([]byte(head))
	sum.Write([]byte(source))
	n := sum.Sum32()
	return []byte{byte(n), byte(n >> 8), byte(n>>16) ^ byte(n>>24)}
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// encode64 is base64url without padding.
func encode64(data []byte) string {
	var b strings.Builder
	bits, n := 0, 0
	for _, c := range data {
		bits, n = bits<<8|int(c), n+8
		for n >= 6 {
			n -= 6
			b.WriteByte(alphabet[bits>>n&63])
		}
		bits &= 1<<n - 1
	}
	if n > 0 {
		b.WriteByte(alphabet[bits<<(6-n)&63])
	}
	return b.String()
}

func decode64(s string) ([]byte, bool) {
	var data []byte
	bits, n := 0, 0
	for _, c := range []byte(s) {
		i := strings.IndexByte(alphabet, c)
		if i < 0 {
			return nil, false
		}
		bits, n = bits<<6|i, n+6
		if n >= 8 {
			n -= 8
			data = append(data, byte(bits>>n))
			bits &= 1<<n - 1
		}
	}
	return data, bits == 0 && n < 6
}
