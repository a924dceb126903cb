package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopark/sim/lesson"
)

// check parses lessons, runs their cells and verifies what they say.
func (a *app) check(args []string) int {
	fs := flag.NewFlagSet("gopark check", flag.ContinueOnError)
	fs.SetOutput(a.stderr)
	if err := fs.Parse(args); err != nil {
		return exitUsage
	}
	files := fs.Args()
	if len(files) == 0 {
		root, err := findRoot()
		if err == nil {
			files, err = lessonFiles(root)
		}
		if err != nil {
			fmt.Fprintln(a.stderr, "gopark check:", err)
			return exitError
		}
	}
	wrong := 0
	for _, file := range files {
		l, recorded, problems, err := checkFile(file)
		if err != nil {
			fmt.Fprintln(a.stderr, "gopark check:", err)
			return exitError
		}
		if len(problems) == 0 {
			problems = prose(l, file)
		}
		for _, p := range problems {
			fmt.Fprintln(a.stdout, p)
		}
		wrong += len(problems)
		if len(problems) == 0 {
			fmt.Fprintf(a.stdout, "%s: %d cells, %d questions, %d exercises, %d outputs, %d claims and steps: all true\n",
				l.Name, len(recorded.Output), len(recorded.Answer), len(l.Exercises), len(l.Outputs), len(l.Marks))
		}
	}
	if wrong > 0 {
		return exitError
	}
	return exitOK
}

// prose says where a lesson breaks the rules of the manual. What has no glossary
// beside it, or no number, is no lesson of a site.
func prose(l *lesson.Lesson, file string) []lesson.Problem {
	source, err := os.ReadFile(filepath.Join(filepath.Dir(file), "glossary.md"))
	if numbered, _ := filepath.Match("[0-9]*", l.Name); err != nil || !numbered {
		return nil
	}
	g, _ := lesson.ParseGlossary("glossary.md", source)
	return l.Lint(filepath.ToSlash(file), g)
}

// playgroundName is the name of the file of example programs.
const playgroundName = "playground"

// lessonFiles are the lessons of the repository, in order, and the playground.
func lessonFiles(root string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(root, "lessons", "[0-9]*.md"))
	slices.Sort(files)
	if len(files) > 0 {
		files = append(files, filepath.Join(root, "lessons", playgroundName+".md"))
	}
	if wd, err := os.Getwd(); err == nil {
		for i, f := range files {
			if rel, err := filepath.Rel(wd, f); err == nil {
				files[i] = rel // as people type it
			}
		}
	}
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no lessons in %s", filepath.Join(root, "lessons"))
	}
	return files, err
}

// checkFile reads one lesson and says everything that is wrong with it.
func checkFile(file string) (*lesson.Lesson, lesson.Recorded, []lesson.Problem, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, lesson.Recorded{}, nil, err
	}
	l, problems := lesson.Parse(filepath.ToSlash(file), source)
	if len(problems) > 0 {
		return l, lesson.Recorded{}, problems, nil
	}
	recorded, problems := l.Check(filepath.ToSlash(file), recordCell)
	for _, link := range l.Links {
		if _, err := os.Stat(filepath.Join(filepath.Dir(file), link.Name+".md")); err != nil {
			problems = append(problems, lesson.Problem{File: file, Line: link.Line, Column: 1,
				Message: fmt.Sprintf("there is no lesson %s.md to link to", link.Name)})
		}
	}
	return l, recorded, problems, nil
}

// readLessons is the first step of a build: a lesson that says something
// untrue is not published.
func (s *site) readLessons() error {
	files, err := lessonFiles(s.root)
	if err != nil {
		return err
	}
	s.recorded = map[string]lesson.Recorded{}
	var wrong []string
	source, err := os.ReadFile(filepath.Join(s.root, "lessons", "glossary.md"))
	if err != nil {
		return err
	}
	var problems []lesson.Problem
	s.glossary, problems = lesson.ParseGlossary("lessons/glossary.md", source)
	for _, p := range problems {
		wrong = append(wrong, p.String())
	}
	for _, file := range files {
		l, recorded, problems, err := checkFile(file)
		if err != nil {
			return err
		}
		for _, p := range problems {
			wrong = append(wrong, p.String())
		}
		l.Explain(s.glossary)
		if l.Name == playgroundName {
			s.playground = l
		} else {
			s.lessons = append(s.lessons, l)
		}
		recorded.Picture = pictures(l)
		s.recorded[l.Name] = recorded
	}
	if len(wrong) > 0 {
		return fmt.Errorf("\n%s", strings.Join(wrong, "\n"))
	}
	return nil
}
