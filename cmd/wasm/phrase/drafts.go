package phrase

const (
	Saved                            = "saved"
	Saving                           = "saving …"
	NotSavedStorageIsOff             = "not saved: storage is off"
	ThisIsYourDraft                  = "This is your draft."
	BackToTheOriginal                = "Back to the original"
	TheLessonsProgramHasChangedSince = "The lesson’s program has changed since you edited it. You have a draft of the older one."
	ShowMyDraft                      = "Show my draft"
	ForgetIt                         = "Forget it"
	AnEarlierVersionIsBackWhat       = "An earlier version is back. What it replaced is in the list now."
)
