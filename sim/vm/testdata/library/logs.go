package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"html"
	"html/template"
	"log"
	"log/slog"
	"math/big"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"text/scanner"
	"text/tabwriter"
	"time"
)

func logging() {
	var b bytes.Buffer
	l := log.New(&b, "p: ", log.Lshortfile|log.Lmsgprefix)
	l.Println("hello", 1)
	l.Printf("%d", 2)
	fmt.Print(b.String())
	drop := func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			return slog.Attr{}
		}
		return a
	}
	opts := &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: drop}
	for _, h := range []slog.Handler{slog.NewTextHandler(os.Stdout, opts), slog.NewJSONHandler(os.Stdout, opts)} {
		s := slog.New(h).With("app", "x y")
		s.Info("started", "n", 3, slog.Group("g", "a", time.Second, "b", errors.New("bad")))
		s.WithGroup("q").DebugContext(context.Background(), "deep", "list", []int{1, 2})
		s.Warn("odd", "key")
	}
}

func flags() {
	fs := flag.NewFlagSet("prog", flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	n := fs.Int("n", 4, "a `number`")
	d := fs.Duration("wait", time.Second, "how long")
	v := fs.Bool("v", false, "more")
	fmt.Println(fs.Parse([]string{"-n=7", "-wait", "3m", "-v", "rest", "-n"}), *n, *d, *v, fs.Args())
	fmt.Println(fs.Parse([]string{"-x"}))
	fmt.Println(fs.Parse([]string{"-n", "many"}))
}

func main() {
	logging()
	flags()
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 1, '.', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(w, "a\tbbb\tc")
	fmt.Fprintln(w, "aaaa\tb\tccccc")
	w.Flush()

	fmt.Println(html.EscapeString("<a href='x'>&</a>"), html.UnescapeString("&lt;&eacute;&#8364;"))
	t := template.Must(template.New("t").Parse(`<a href="/{{.P}}" title='{{.T}}'>{{.T}}</a><script>var x = {{.L}};</script>` + "\n"))
	if err := t.Execute(os.Stdout, map[string]any{"P": "a b", "T": "<\"'>", "L": []string{"x", "</script>"}}); err != nil {
		fmt.Println(err)
	}
	u, err := url.Parse("https://u:p@host:80/a%20b/c?q=1&q=2&z=a+b#frag")
	fmt.Println(u.Host, u.Path, u.Query()["q"], u.Query().Get("z"), u.Fragment, err)
	fmt.Println(netip.MustParsePrefix("10.1.0.0/16").Contains(netip.MustParseAddr("10.1.2.3")))

	var s scanner.Scanner
	s.Init(strings.NewReader("x := 3.5 + \"s\" // c\n"))
	for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
		fmt.Print(s.Position, ":", s.TokenText(), " ")
	}
	fmt.Println()

	f := new(big.Int).MulRange(1, 60)
	q, m := new(big.Int).DivMod(f, big.NewInt(1e15+37), new(big.Int))
	fmt.Println(f, q, m, new(big.Int).Exp(big.NewInt(3), f, big.NewInt(1e9+7)), big.NewRat(3, 9), big.NewInt(97).ProbablyPrime(5))
	x, _, err := big.ParseFloat("1.5e100", 10, 200, big.ToNearestEven)
	fmt.Println(x.Text('g', 40), err, new(big.Float).Sqrt(x))

	in := bufio.NewScanner(strings.NewReader("one two\nthree"))
	in.Split(bufio.ScanWords)
	for in.Scan() {
		fmt.Print(in.Text(), ";")
	}
	fmt.Println(in.Err())
}
