package sim

import (
	"io/fs"
	"maps"
	"path"

	"github.com/hack-pad/hackpadfs"
	"github.com/hack-pad/hackpadfs/mem"
)

// home is the user's directory.
const home = "home/gopher"

// worldFiles are in the file system that a program finds, besides /tmp.
var worldFiles = map[string]string{
	"etc/hostname":        "gopark\n",
	"etc/hosts":           "127.0.0.1 localhost gopark\n",
	home + "/numbers.txt": "3\n1\n4\n1\n5\n9\n2\n6\n",
	home + "/park.txt": `A goroutine that has to wait
goes to the park and takes a seat.
It costs two kilobytes, no thread,
and somebody will call its name.
`,
}

// World is the file system that a program finds when it starts: a memory file
// system of hackpadfs, which a Config may replace. Programs change a copy.
func World() (fs.FS, error) {
	world, err := mem.NewFS()
	if err != nil {
		return nil, err
	}
	for name, text := range worldFiles { // any order: names, not the order of writing, decide
		if err := hackpadfs.MkdirAll(world, path.Dir(name), 0o755); err != nil {
			return nil, err
		}
		if err := hackpadfs.WriteFullFile(world, name, []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	return world, nil
}

// environment is what the program finds in os.Environ: what every Linux process
// has, and the settings.
func environment(set map[string]string) map[string]string {
	env := map[string]string{"HOME": "/" + home, "PATH": "/usr/local/bin:/usr/bin:/bin", "USER": "gopher"}
	maps.Copy(env, set)
	return env
}
