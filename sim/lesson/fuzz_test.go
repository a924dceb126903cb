package lesson_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopark/sim/lesson"
)

// Whatever somebody writes, there is a lesson or a problem with a place, and
// what can be used becomes HTML without scripts.
func FuzzLesson(f *testing.F) {
	files, err := filepath.Glob("../../lessons/*.md")
	if err != nil || len(files) == 0 {
		f.Fatal("no lessons", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add(goodCell)
	f.Add("# T\n\n```go cell procs=-1 era=x id=\"a b\nseed=99999999999999999999\n```\n```predict cell=a kind=first\n```\n")
	f.Add("# [a](javascript:alert(1)) {#x onclick=y}\n\n<script>alert(1)</script>\n\n![x](data:text/html,<script>)")
	f.Fuzz(func(t *testing.T, text string) {
		l, problems := lesson.Parse("lessons/01-x.md", []byte(text))
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" {
				t.Errorf("%+v", p)
			}
		}
		if len(problems) > 0 {
			return
		}
		html, err := l.HTML(lesson.Recorded{})
		if err != nil {
			return
		}
		if strings.Contains(strings.ToLower(html), "<script") {
			t.Errorf("the page runs a script of the lesson's: %s", html)
		}
	})
}
