package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/lzw"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/base32"
	"encoding/csv"
	"encoding/gob"
	"encoding/pem"
	"encoding/xml"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
)

type address struct {
	City  string   `xml:"city,attr"`
	Lines []string `xml:"line"`
}

type person struct {
	XMLName xml.Name `xml:"person"`
	Name    string   `xml:"name"`
	Age     int      `xml:"age,omitempty"`
	Home    *address `xml:"home"`
	Note    string   `xml:",comment"`
}

type shape interface{ Area() float64 }

type square struct{ Side float64 }

func (s square) Area() float64 { return s.Side * s.Side }

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func pack(name string, w func(io.Writer) io.WriteCloser, r func(io.Reader) (io.Reader, error)) {
	text := strings.Repeat("goroutines are cheap; ", 30)
	var b bytes.Buffer
	wc := w(&b)
	io.WriteString(wc, text)
	check(wc.Close())
	size := b.Len()
	rd, err := r(&b)
	check(err)
	back, err := io.ReadAll(rd)
	check(err)
	fmt.Println(name, size, string(back) == text)
}

func archives() {
	var b bytes.Buffer
	tw := tar.NewWriter(&b)
	check(tw.WriteHeader(&tar.Header{Name: "a/b.txt", Mode: 0o600, Size: 5}))
	io.WriteString(tw, "hello")
	check(tw.Close())
	tr := tar.NewReader(&b)
	h, err := tr.Next()
	check(err)
	content, _ := io.ReadAll(tr)
	fmt.Println(h.Name, h.Size, string(content))

	b.Reset()
	zw := zip.NewWriter(&b)
	f, err := zw.Create("x.txt")
	check(err)
	io.WriteString(f, strings.Repeat("zip", 100))
	check(zw.Close())
	zr, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	check(err)
	for _, f := range zr.File {
		fmt.Println(f.Name, f.UncompressedSize64, f.CRC32)
	}
}

func main() {
	p := person{Name: "Ann & Bob", Age: 7, Home: &address{"Rome", []string{"a<b", "c"}}, Note: " hi "}
	out, err := xml.MarshalIndent(p, "", "  ")
	check(err)
	fmt.Println(string(out))
	var q person
	check(xml.Unmarshal(out, &q))
	fmt.Printf("%+v %+v\n", q.Name, *q.Home)
	fmt.Println(xml.Unmarshal([]byte("<person><name>x</person>"), &q))

	r := csv.NewReader(strings.NewReader("a,\"b \"\"quoted\"\"\",c\n1,,3\n"))
	rows, err := r.ReadAll()
	fmt.Printf("%q %v\n", rows, err)
	w := csv.NewWriter(os.Stdout)
	check(w.WriteAll([][]string{{"x y", "1,2"}, {"\"", ""}}))
	_, err = csv.NewReader(strings.NewReader("a,b\nc\n")).ReadAll()
	fmt.Println(err)

	gob.Register(square{})
	var net bytes.Buffer
	shapes := map[string]shape{"one": square{2}}
	check(gob.NewEncoder(&net).Encode(&shapes))
	var got map[string]shape
	check(gob.NewDecoder(&net).Decode(&got))
	fmt.Println(got["one"].Area())

	check(pem.Encode(os.Stdout, &pem.Block{Type: "TEST", Headers: map[string]string{"K": "V"}, Bytes: []byte("some bytes")}))
	fmt.Println(base32.StdEncoding.EncodeToString([]byte("hello")))
	dst := make([]byte, ascii85.MaxEncodedLen(5))
	fmt.Println(string(dst[:ascii85.Encode(dst, []byte("hello"))]))

	pack("gzip", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) })
	pack("zlib", func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }, func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) })
	pack("flate", func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 9); return f },
		func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil })
	pack("lzw", func(w io.Writer) io.WriteCloser { return lzw.NewWriter(w, lzw.MSB, 8) },
		func(r io.Reader) (io.Reader, error) { return lzw.NewReader(r, lzw.MSB, 8), nil })
	archives()
}
