package vm

// libraryNatives has the tables of the standard library's natives. One line
// a file.
var libraryNatives = []table{
	atomicNatives,
	mmapNatives,
	bitsNatives,
	builtinNatives,
	bytesNatives,
	fileNatives,
	mapNatives,
	mathNatives,
	memoryNatives,
	netNatives,
	poolNatives,
	processNatives,
	reflectNatives,
}
