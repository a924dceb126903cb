package main

// A page of the site, and what its script finds in it:
//
//	<script id="gopark" defer src="…" data-root="../../" data-build="HASH" data-lesson="09-why-last-first" data-assets='{"gopark.wasm":"assets/gopark-….wasm.gz", …}'>
//
// data-assets has every asset by its plain name; its values are relative to
// data-root, which is relative to the page. Assets are the scripts and styles
// of static/, wasm_exec.js, core.wasm, gopark.wasm and std.img (the last two
// gzipped).
// The script is static/boot.js. The elements of a lesson are described in
// sim/lesson/html.go.

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
)

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{"say": say}).Parse(pageHTML))

// say is what the table of words has under a name, which may have tags in it.
func say(name string) (template.HTML, error) {
	words, ok := phrase.Page()[name]
	if !ok {
		return "", fmt.Errorf("package phrase has no words called %q", name)
	}
	return template.HTML(words), nil
}

// icon is a P with a goroutine in it.
const icon = `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect x='2' y='8' width='28' height='16' rx='5' fill='none' stroke='%23888' stroke-width='2.5'/><circle cx='11' cy='16' r='4.5' fill='%23c2410c'/></svg>`

// page is what page.html shows.
type page struct {
	Title, Description, Kicker, Tagline, Class string
	Root                                       string // the way up to the site's root: "" or "../../"
	Lesson, Build, Assets                      string
	Style, Boot                                string
	Icon                                       template.URL
	InlineStyle                                template.CSS // in place of the style sheet
	Extra, Body                                template.HTML
	Before, After                              *lesson.Lesson
	Nav                                        []place
	Address, Picture                           string // whole, or ""
}

// A place is one that every page leads to.
type place struct{ Path, Name string }

// places are those that there are.
func (s *site) places() []place {
	var list []place
	if s.playground != nil {
		list = append(list, place{"playground/", phrase.Playground})
	}
	list = append(list, place{"glossary/", phrase.Glossary})
	if s.about.Body != "" {
		list = append(list, place{"about/", phrase.About})
	}
	return list
}

func (s *site) writePages() error {
	start := s.startPage()
	if len(s.lessons) > 0 {
		var err error
		if start.Picture, err = s.cardOf(startName, phrase.Tagline, phrase.WhatRunsNext, s.lessons[0]); err != nil {
			return err
		}
	}
	if err := s.writePage("index.html", start); err != nil {
		return err
	}
	if err := s.writePage("404.html", s.notFoundPage()); err != nil {
		return err
	}
	for i, l := range s.lessons {
		p, err := s.lessonPage(i)
		if err != nil {
			return fmt.Errorf("%s: %w", l.Name, err)
		}
		if err := s.writePage("lessons/"+l.Name+"/index.html", p); err != nil {
			return err
		}
	}
	if s.playground != nil {
		p, err := s.playgroundPage()
		if err != nil {
			return err
		}
		if p.Picture, err = s.cardOf(playgroundName, phrase.Tagline, s.playground.Title, s.playground); err != nil {
			return err
		}
		if err := s.writePage(playgroundName+"/index.html", p); err != nil {
			return err
		}
		// The same page, bare, for frames in others' pages; it is to be found as the first.
		p.Class = "lesson embed"
		p.Address = s.address(playgroundName + "/index.html")
		if err := s.writePage("embed/index.html", p); err != nil {
			return err
		}
	}
	if s.about.Body != "" {
		if err := s.writePage("about/index.html", s.about); err != nil {
			return err
		}
	}
	glossary, err := s.glossaryPage()
	if err != nil {
		return err
	}
	if err := s.writePage("glossary/index.html", glossary); err != nil {
		return err
	}
	return s.write(".nojekyll", nil)
}

// address is a page's, "" if the site does not know its own.
func (s *site) address(path string) string {
	if s.base == "" {
		return ""
	}
	return s.base + strings.TrimSuffix(path, "index.html")
}

func (s *site) writePage(path string, p page) error {
	assets, err := json.Marshal(s.assets) // sorted by key
	if err != nil {
		return err
	}
	build := sha256.Sum256(assets)
	if p.InlineStyle == "" && p.Address == "" { // else it stands anywhere
		p.Address = s.address(path)
	}
	s.build = hex.EncodeToString(build[:6])
	p.Assets, p.Build = string(assets), s.build
	p.Style, p.Icon, p.Extra = s.assets["style.css"], icon, template.HTML(s.extra)
	p.Root = strings.Repeat("../", strings.Count(path, "/"))
	if p.InlineStyle == "" { // else it stands anywhere, and nothing is at a known way from it
		p.Nav = s.places()
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		return err
	}
	return s.write(path, b.Bytes())
}

func (s *site) lessonPage(i int) (page, error) {
	l := s.lessons[i]
	body, err := l.HTML(s.recorded[l.Name])
	p := page{
		Title: l.Title + " · Gopark", Description: l.Summary, Class: "lesson",
		Kicker: kicker(l.Name), Lesson: l.Name, Boot: s.assets["boot.js"], Body: template.HTML(body),
	}
	if err == nil {
		p.Picture, err = s.card(l)
	}
	if i > 0 {
		p.Before = s.lessons[i-1]
	}
	if i+1 < len(s.lessons) {
		p.After = s.lessons[i+1]
	}
	return p, err
}

// playgroundPage is the playground: its examples stand below its introduction,
// so that they can be read without scripts. A page with scripts makes one
// living cell of them and a menu (cmd/wasm/page_playground.go).
func (s *site) playgroundPage() (page, error) {
	l := s.playground
	body, err := l.HTML(s.recorded[l.Name])
	intro, examples, _ := strings.Cut(body, "<h2")
	return page{
		Title: l.Title + " · Gopark", Description: l.Summary, Class: "lesson", Lesson: l.Name, Boot: s.assets["boot.js"],
		Body: template.HTML(intro + "<div id=\"examples\"><h2" + examples + "</div>\n"),
	}, err
}

func (s *site) glossaryPage() (page, error) {
	body, err := s.glossary.HTML()
	return page{
		Title: s.glossary.Title + " · Gopark", Class: "glossary", Body: template.HTML(body),
		Description: phrase.GlossaryDescription,
	}, err
}

// kicker is the line above a lesson's title.
func kicker(name string) string {
	part := ""
	for _, p := range parts {
		if slices.Contains(p.numbers, number(name)) {
			part = p.title + " · "
		}
	}
	return part + phrase.LessonNumber + number(name)
}

// number is a lesson's, as it is spoken.
func number(name string) string {
	n, _, _ := strings.Cut(name, "-")
	return strings.TrimLeft(n, "0")
}

// parts are the course's, by the numbers of their lessons.
var parts = []struct {
	title   string
	numbers []string
}{
	{phrase.PartThreads, []string{"1", "2", "3", "4"}},
	{phrase.PartFirstGo, []string{"5", "6", "7", "8"}},
	{phrase.PartToday, []string{"9", "10", "11", "12", "13", "14", "15"}},
	{phrase.PartStacks, []string{"16", "17", "18", "19", "20"}},
	{phrase.PartWrong, []string{"21", "22", "23", "24"}},
}

func (s *site) startPage() page {
	var b strings.Builder
	b.WriteString("<h1>" + phrase.WhatRunsNext + "</h1>\n<p class=\"lead\">" + phrase.StartLead + "</p>\n")
	if len(s.lessons) > 0 {
		first := s.lessons[0]
		fmt.Fprintf(&b, "%s\n<p class=\"call\"><a href=\"lessons/%s/\">"+phrase.FindOutInLesson+"</a></p>\n", stage(first), first.Name, number(first.Name))
	}
	b.WriteString("<h2>" + phrase.ThePath + "</h2>\n")
	for i, part := range parts {
		var list strings.Builder
		for _, l := range s.lessons {
			if slices.Contains(part.numbers, number(l.Name)) {
				list.WriteString(signpost(l))
			}
		}
		if list.Len() > 0 {
			fmt.Fprintf(&b, "<h3 class=\"part\">"+phrase.PartD+"</h3>\n<ol class=\"lessons\">\n%s</ol>\n", i+1, html.EscapeString(part.title), list.String())
		}
	}
	return page{
		Title: phrase.StartTitle, Class: "start", Tagline: phrase.Tagline, Body: template.HTML(b.String()),
		Lesson: startName, Boot: s.assets["boot.js"],
		Description: phrase.StartDescription,
	}
}

// startName is under what the start page keeps what a reader makes of its cell.
const startName = "start"

// plain takes code's and emphasis' marks out of a question's text.
var plain = strings.NewReplacer("`", "", "*", "")

// signpost leads to a lesson: what it is about, what it asks first, and a place
// for how far the reader has got (cmd/wasm/page_progress.go), with the ids of
// all that can be answered or done there.
func signpost(l *lesson.Lesson) string {
	var ids []string
	for _, q := range l.Questions {
		ids = append(ids, "ask-"+q.ID)
	}
	for _, e := range l.Exercises {
		ids = append(ids, "exercise-"+e.ID)
	}
	asks := ""
	if len(l.Questions) > 0 {
		asks = "<p class=\"asks\">" + html.EscapeString(plain.Replace(l.Questions[0].Text)) + "</p>"
	}
	return fmt.Sprintf("<li data-lesson=\"%s\" data-of=\"%s\"><span class=\"ticks\"></span><p class=\"kicker\">"+phrase.LessonN+"</p><a href=\"lessons/%s/\">%s</a><p>%s</p>%s</li>\n",
		l.Name, strings.Join(ids, " "), number(l.Name), l.Name, html.EscapeString(l.Title), html.EscapeString(l.Summary), asks)
}

// notFoundPage stands in for any missing path, at any depth, so it can't refer
// to a file: its style is in the page, and it has no script.
func (s *site) notFoundPage() page {
	return page{
		InlineStyle: ":root{color-scheme:light dark}body{font:18px/1.62 Georgia,serif;max-width:38rem;margin:3.5rem auto;padding:0 1.2rem;" +
			"background:light-dark(#fbfaf7,#131519);color:light-dark(#1d2127,#e6e4de)}a{color:light-dark(#1f5fa8,#8ab9ee)}" +
			"header a{font:650 15px system-ui,sans-serif;color:inherit;text-decoration:none}h1{font-size:2.1em;line-height:1.2;margin:2.2rem 0 1rem}" +
			".skip,footer{display:none}",
		Title: phrase.NothingHereGopark, Description: phrase.ThisPageDoesNotExist, Class: "start",
		Body: "<h1>" + phrase.NothingHere + "</h1>\n<p>" + phrase.NoSuchAddress + "<a href=\"./\">" + phrase.LookAtTheListOfAll + "</a>" + phrase.OrRemoveTheLastPartOf + "</p>\n",
	}
}
