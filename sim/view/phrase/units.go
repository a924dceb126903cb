package phrase

const (
	GiB          = "{1} GiB"
	MiB          = "{1} MiB"
	KiB          = "{1} KiB"
	CountedBytes = "{1} [byte|bytes]"
)
