package phrase

const (
	ThisQuestionIsBeingAskedOn   = "This question is being asked on the board of “"
	TheQuestionIsAboutTheLessons = "The question is about the lesson’s own program, and you have changed it."
)
