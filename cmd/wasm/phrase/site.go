package phrase

const (
	Playground              = "Playground"
	Glossary                = "Glossary"
	About                   = "About"
	GlossaryDescription     = "The words of the lessons on goroutines, threads and Go’s scheduler, each in a sentence or two."
	LessonNumber            = "lesson "
	PartThreads             = "Threads"
	PartFirstGo             = "The first Go"
	PartToday               = "Today’s scheduler"
	PartStacks              = "Stacks and switches"
	PartWrong               = "When it goes wrong, and you"
	Tagline                 = "Watch goroutines run, forward and back."
	WhatRunsNext            = "What runs next?"
	StartLead               = "Gopark runs your Go program on a small computer that lives in this page: its cores, its threads and Go’s own scheduler. You see every goroutine, queue and stack change, one step at a time, forward and back. Say what you expect, change the program, and see."
	FindOutInLesson         = "Find out in lesson %s"
	ThePath                 = "The path"
	PartD                   = "Part %d: %s"
	StartTitle              = "Gopark: watch goroutines run, forward and back"
	StartDescription        = "Lessons on goroutines with programs that you edit, run and step through in the page, on a simulated computer with Go’s own scheduler."
	LessonN                 = "Lesson %s"
	NothingHereGopark       = "Nothing here · Gopark"
	ThisPageDoesNotExist    = "This page does not exist."
	NothingHere             = "Nothing here"
	NoSuchAddress           = "No lesson has this address. It may have been renamed: "
	LookAtTheListOfAll      = "look at the list of all lessons"
	OrRemoveTheLastPartOf   = ", or remove the last part of the address."
	AboutGopark             = "About Gopark"
	AboutWhat               = "Gopark shows how goroutines run: your program is compiled in this page and run on a small simulated computer with Go’s own scheduler, in virtual time. What it shows is what the model did, and the model is held to real Go by tests."
	AboutPrivacy            = "Your programs stay in your browser. Nothing is sent anywhere, and nobody counts visits. A link that you share holds the program itself."
	AboutLicence            = "Gopark is free software under the MIT licence. So is, under the licences below, what it is made of."
	Licences                = "Licences"
	AboutDescription        = "What Gopark is, what it does with your programs, and the licences of what it is made of."
	GoAndItsStandardLibrary = "Go and its standard library"
)

// Page are the words of the frame that every page of the site has, by the names that
// its template calls them.
func Page() map[string]string {
	return map[string]string{
		"skip":           "Skip to the text",
		"site":           "Site",
		"card":           ": an instant of its first program",
		"noscript":       "To edit and run the programs on this page, turn on JavaScript. The text, the programs and what they print are all here without it.",
		"lessons":        "Lessons",
		"foot":           "Every picture here is drawn from a run that really happened, in a simulated computer in your browser. Nothing is sent anywhere.",
		"keys mac":       "On a Mac, <kbd>⌘</kbd> stands for <kbd>Ctrl</kbd>.",
		"close":          "Close",
		"keys":           "Keys",
		"keys anywhere":  "Anywhere in a program’s frame",
		"keys timeline":  "In the timeline",
		"keys board":     "On the board",
		"keys editor":    "In the editor",
		"key run by":     "<kbd>Shift</kbd> <kbd>Enter</kbd> or <kbd>Ctrl</kbd> <kbd>Enter</kbd>",
		"key run":        "Run",
		"key list":       "This list, unless you are writing",
		"key step":       "Previous and next event",
		"key ends":       "To main’s start, to the last event",
		"key zoom":       "Zoom in, zoom out, show the whole run",
		"key window":     "Move the window",
		"key lanes":      "Other lanes",
		"key arrows":     "Arrows: who woke, created, stole, handed over",
		"key find by":    "<kbd>/</kbd>, then <kbd>N</kbd> and <kbd>Shift</kbd> <kbd>N</kbd>",
		"key find":       "Find events, the next and the one before",
		"key pinch by":   "<kbd>Ctrl</kbd> and the wheel, or two fingers",
		"key pinch":      "Zoom where the pointer is",
		"key walk":       "To the next goroutine, M, P or channel",
		"key open":       "Open it: why it runs or not, and all that is known of it",
		"key close":      "Close what is open",
		"key complete":   "What may stand here",
		"key hover":      "What stands here",
		"key breakpoint": "Set a breakpoint, or take it away",
		"key replace":    "Find and replace",
		"key cursor by":  "<kbd>Ctrl</kbd> <kbd>D</kbd>, or <kbd>Ctrl</kbd> and a click",
		"key cursor":     "One more cursor",
		"key gofmt":      "gofmt",
		"key undo":       "Undo",
		"key leave by":   "<kbd>Esc</kbd>, then <kbd>Tab</kbd>",
		"key leave":      "Leave the editor",
	}
}
