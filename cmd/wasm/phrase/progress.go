package phrase

const (
	LessonsDone = " done"
)
