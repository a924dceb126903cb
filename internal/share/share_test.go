package share

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"gopark/lessons"
	"gopark/sim/lesson"
)

func examples(t testing.TB) []*lesson.Cell {
	source, err := lessons.Files.ReadFile("playground.md")
	if err != nil {
		t.Fatal(err)
	}
	l, problems := lesson.Parse("playground.md", source)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return l.Cells
}

// full is a link that says all it can of a cell.
func full(c *lesson.Cell) Link {
	return Link{Cell: c.ID, Era: "go1.26", Procs: 16, Cores: 16, Seed: 123456789, Event: 1234567, Goid: 12345, Source: c.Source}
}

// compared is a link to a comparison that says all it can of a cell.
func compared(c *lesson.Cell) Link {
	l := full(c)
	l.Event, l.Goid = 0, 0
	for range MaxBeside {
		l.Beside = append(l.Beside, Run{"processes", 16, 16, 123456789})
	}
	return l
}

// forked is a link to a fork that says all it can of a cell.
func forked(c *lesson.Cell) Link {
	l := full(c)
	l.Goid = 0
	l.Beside, l.Forks = []Run{{"processes", 16, 16, 123456789}}, true
	return l
}

// changed is a link to a fork with another program, in which one line is another and
// one is new.
func changed(c *lesson.Cell) Link {
	l := forked(c)
	lines := strings.SplitAfter(l.Source, "\n")
	k := len(lines) / 2
	lines[k] = strings.Replace(lines[k], "\n", " // another\n", 1) + "\tprintln(\"and more\")\n"
	l.Changed = strings.Join(lines, "")
	return l
}

func fragment(t *testing.T, l Link) string {
	t.Helper()
	s, err := l.Fragment()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestShort: a link to an example program fits wherever people write.
func TestShort(t *testing.T) {
	for _, c := range examples(t) {
		for _, l := range []Link{full(c), compared(c), forked(c), changed(c)} {
			s := fragment(t, l)
			t.Logf("%s, %d runs beside: %d and %d bytes in %d characters", c.ID, len(l.Beside), len(c.Source), len(l.Changed), len(s))
			if len(s) > 400 {
				t.Errorf("%s: a link of %d characters: %s", c.ID, len(s), s)
			}
		}
	}
}

// same reports whether two links say the same.
func same(a, b Link) bool {
	beside := slices.Equal(a.Beside, b.Beside)
	a.Beside, b.Beside = nil, nil
	return beside && reflect.DeepEqual(a, b)
}

// TestInverse: any link decodes to what made it.
func TestInverse(t *testing.T) {
	check := func(l Link, often bool) bool {
		l.Source = strings.ToValidUTF8(l.Source, "?")
		l.Cell, l.Era = hex.EncodeToString([]byte(l.Cell)), hex.EncodeToString([]byte(l.Era))
		if len(l.Cell) > 64 || len(l.Era) > 64 {
			l.Cell, l.Era = "", "a.b-c"
		}
		if often {
			l.Source = strings.Repeat(l.Source, 20)
		}
		l.Procs, l.Cores, l.Event, l.Goid = l.Procs&63, l.Cores&63, l.Event&(1<<31-1), l.Goid&(1<<62-1)
		l.Beside = l.Beside[:min(len(l.Beside), MaxBeside)]
		for i := range l.Beside {
			r := &l.Beside[i]
			r.Era, r.Procs, r.Cores = hex.EncodeToString([]byte(r.Era))[:min(2*len(r.Era), 64)], r.Procs&63, r.Cores&63
			if r.Era == "" {
				r.Era = "go1.0"
			}
		}
		l.Changed = strings.ToValidUTF8(l.Changed, "?")
		if l.Forks = l.Forks && len(l.Beside) > 0; l.Forks {
			l.Beside, l.Event = l.Beside[:1], l.Event|1
		}
		if !l.Forks || l.Source == "" {
			l.Changed = ""
		}
		s, err := l.Fragment()
		if err != nil {
			return len(s) == 0
		}
		back, err := Parse(s)
		return err == nil && same(back, l) && IsLink(s)
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
	for _, c := range examples(t) {
		if !check(full(c), false) || !check(compared(c), false) || !check(forked(c), false) || !check(changed(c), false) || !check(Link{Source: c.Source}, true) {
			t.Errorf("%s does not come back", c.ID)
		}
	}
}

// TestDeflate: Go's own package reads what pack writes, for all lengths of a
// match and near and far.
func TestDeflate(t *testing.T) {
	texts := []string{"", "a", "é\x00", strings.Repeat("z", 100000), dictionary, dictionary + dictionary}
	for n := range 300 {
		texts = append(texts, "<"+strings.Repeat("ab", n)+"|"+strings.Repeat("x", n)+dictionary[n:2*n+1])
	}
	var far strings.Builder
	for i := range 9000 {
		far.WriteString(hex.EncodeToString([]byte{byte(i), byte(i >> 8), byte(i >> 3)}))
		if i%700 == 0 {
			far.WriteString("the same sentence each time")
		}
	}
	for _, text := range append(texts, far.String()) {
		packed := pack(dictionary, text)
		want, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(packed), []byte(dictionary)))
		if err != nil || string(want) != text {
			t.Fatalf("compress/flate reads %q… as %.40q, %v", text[:min(40, len(text))], want, err)
		}
		if got, ok := unpack(dictionary, packed, len(text)); !ok || got != text {
			t.Fatalf("unpack reads %.40q as %.40q, %v", text, got, ok)
		}
		if _, ok := unpack(dictionary, packed, len(text)-1); ok && len(text) > 0 {
			t.Fatalf("unpack gives more than it may")
		}
	}
}

func TestBase64(t *testing.T) {
	check := func(data []byte) bool {
		s := encode64(data)
		back, ok := decode64(s)
		return s == base64.RawURLEncoding.EncodeToString(data) && ok && bytes.Equal(back, data)
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

// TestForEver: links that were made once say what they said. Lines are added
// to the file, never changed.
func TestForEver(t *testing.T) {
	sum := sha256.Sum256([]byte(dictionary))
	if got := hex.EncodeToString(sum[:6]); got != "6d26d18e2c59" {
		t.Errorf("the dictionary has changed (%s): every link that was ever made is broken. Add another, with another version", got)
	}
	golden, err := os.ReadFile(filepath.Join("testdata", "links.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range strings.Split(strings.TrimSpace(string(golden)), "\n\n") {
		s, source, _ := strings.Cut(entry, "\n")
		source = strings.ReplaceAll(source, "\n\\\n", "\n\n") // an empty line would end the entry
		source, to, _ := strings.Cut(source, "\n-- to --\n")
		l, err := Parse(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
			continue
		}
		if strings.TrimSuffix(l.Source, "\n") != strings.TrimSuffix(source, "\n") {
			t.Errorf("%s\nis read as\n%s", s, l.Source)
		}
		if strings.TrimSuffix(l.Changed, "\n") != strings.TrimSuffix(to, "\n") {
			t.Errorf("%s\nis read as a change into\n%s", s, l.Changed)
		}
		l.Source, l.Changed = "", ""
		head, _, _ := strings.Cut(s, "&go=")
		if to != "" {
			head = strings.Replace(head, versionChanged, versionCompare, 1)
		}
		if fragment(t, l) != head {
			t.Errorf("%s\nis read as %+v", s, l)
		}
	}
}

// TestDamaged: whatever happens to a link on its way, it says another program
// never, and what is wrong in one sentence.
func TestDamaged(t *testing.T) {
	link, rivals := full(examples(t)[0]), compared(examples(t)[0])
	tries := []string{"2", "2&cell=a", "1&vs=go1.4_0_0_1", "2&vs=", "2&vs=go1.4", "2&vs=go1.4_0_0", "2&vs=go1.4_0_0_1_1", "2&vs=go1.4_65_0_1", "2&vs=go1.4_-1_0_1", "2&vs=go1.4_01_0_1", "2&vs=go1.4_0_0_",
		"2&vs=<b>_0_0_1", "2&vs=_0_0_1", "2&vs=go1.4_0_0_99999999999999999999", "2&fork=go1.4_0_0_1", "2&event=1&fork=go1.4_0_0_1&fork=go1.4_0_0_2", "2&event=1&fork=go1.4_0_0_1&vs=go1.4_0_0_2",
		"2" + strings.Repeat("&vs=go1.4_0_0_1", MaxBeside+1), "2&vs=" + strings.Repeat("a", 65) + "_0_0_1"}
	for _, try := range tries {
		if l, err := Parse(try); err != errDamaged {
			t.Errorf("%q is read as %+v, %v; it is damaged", try, l, err)
		}
	}
	if _, err := Parse("4&vs=go1.4_0_0_1"); err != errLater {
		t.Errorf("a later link is %v", err)
	}
	change := changed(examples(t)[0])
	tries = append(tries, "", "2", "3", "3&to=AAAA", "3&event=1&fork=go1.4_0_0_1&to=AAAA", "3&event=1&fork=go1.4_0_0_1", "2&x=y", "1&", "1&&", "1&procs=0", "1&procs=65", "1&procs=-1", "1&cell=<b>", "1&era=", "1&event=99999999999", "1&g=0", "1&go=", "1&go=A", "1&go=____", "1&nope=1",
		strings.Repeat("1", maxFragment+1), "1&go="+strings.Repeat("A", maxFragment))
	for _, s := range []string{fragment(t, link), fragment(t, rivals), fragment(t, change)} {
		for i := range s {
			tries = append(tries, s[:i]+"x"+s[i+1:])
			if i > 0 {
				tries = append(tries, s[:i], s[:i]+s[i+1:])
			}
		}
	}
	for _, try := range tries {
		l, err := Parse(try)
		if err == nil && l.Source != "" && !same(l, link) && !same(l, rivals) && !same(l, change) {
			t.Errorf("%s\nis taken, as %+v", try, l)
		}
		if err != nil && strings.Count(err.Error(), ".") > 2 {
			t.Errorf("%q is more than a sentence and what to do", err)
		}
	}
	if _, err := (Link{Source: strings.Repeat("a", MaxSource+1)}).Fragment(); err == nil {
		t.Error("a program that no link can be opened with was taken")
	}
	if IsLink("in-the-real-runtime") || IsLink("") {
		t.Error("a heading is taken for a link")
	}
}

// FuzzParse: nothing that stands in a link's place does harm, and what is
// taken means one thing.
func FuzzParse(f *testing.F) {
	for _, c := range examples(f) {
		for _, l := range []Link{full(c), compared(c), forked(c), changed(c)} {
			s, _ := l.Fragment()
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := Parse(s)
		if err != nil {
			return
		}
		for _, p := range []string{l.Source, l.Changed} {
			if len(p) > MaxSource || !utf8.ValidString(p) {
				t.Errorf("a program of %d bytes", len(p))
			}
		}
		again, err := l.Fragment()
		if err != nil {
			return
		}
		if back, err := Parse(again); err != nil || !same(back, l) {
			t.Errorf("%q is %+v, which is written %q and read as %+v, %v", s, l, again, back, err)
		}
	})
}
