package deflate

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand"
	"os"
	"strings"
	"testing"
)

func check(t *testing.T, data []byte) (size int) {
	t.Helper()
	packed := Gzip(data)
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatalf("%d bytes: %v", len(data), err)
	}
	back, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(back, data) {
		t.Fatalf("%d bytes came back as %d: %v", len(data), len(back), err)
	}
	return len(packed)
}

func TestRoundTrip(t *testing.T) {
	defer func(n int) { chain = n }(chain)
	chain = 50 // noise of few letters has matches everywhere
	rnd := rand.New(rand.NewSource(1))
	for _, n := range []int{0, 1, 2, 3, 257, 258, 259, 5000, window - 1, window, window + 1, 3 * window} {
		check(t, make([]byte, n))
		for _, letters := range []int{2, 4, 256} {
			data := make([]byte, n)
			for i := range data {
				data[i] = byte(rnd.Intn(letters))
			}
			check(t, data)
			check(t, append(data, data...))
		}
	}
	check(t, []byte(strings.Repeat("0123456789abcdef", window/8)))
}

// Several chunks are one file, and matches reach back over their borders.
func TestChunks(t *testing.T) {
	defer func(n int) { chunk = n }(chunk)
	chunk = 1000
	if n := check(t, []byte(strings.Repeat("a text of thirty-two characters ", 200))); n > 1000 {
		t.Errorf("%d bytes: no match reaches into the chunk before", n)
	}
}

// Frequencies as of Fibonacci make the longest codes.
func TestLongCodes(t *testing.T) {
	var data []byte
	a, b := 1, 1
	for sym := range 24 {
		data = append(data, bytes.Repeat([]byte{byte(sym)}, a)...)
		a, b = b, a+b
	}
	rand.New(rand.NewSource(2)).Shuffle(len(data), func(i, j int) { data[i], data[j] = data[j], data[i] })
	check(t, data)
}

// It is worth its time: a text gets three per cent smaller than by
// compress/gzip at its best.
func TestBetter(t *testing.T) {
	text, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"code.go", "deflate.go", "write.go", "match.go", "deflate_test.go"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, b...)
	}
	var std bytes.Buffer
	w, _ := gzip.NewWriterLevel(&std, gzip.BestCompression)
	w.Write(text)
	w.Close()
	if n := check(t, text); n > std.Len()*98/100 {
		t.Errorf("%d bytes, compress/gzip has %d", n, std.Len())
	}
}
