package phrase

const (
	EachSchedulingEventComesHereAs = "Each scheduling event comes here as a sentence."
	BeforeThisAreNotShown          = " before this are not shown"
	ExitStatus                     = " · exit status "
	TheProgramDoesNotCompile       = "The program does not compile."
	InFile                         = " in "
)
