package paint

// Told says of an opened trace what is shown of it, and what nobody knows.
func Told(name string) string {
	p := &page{}
	p.w(`<h3>A trace of a real program</h3><p><b>`, esc(name), `</b></p>`,
		`<p>This is what a real Go program did on a real computer, as its execution trace tells it. Step through it as through a run: board, calls and timeline are drawn from its events.</p>`,
		`<h3>What a trace does not tell</h3><ul>`,
		`<li>in which queue a runnable goroutine waits, or behind whom</li><li>on which core a thread is, and what threads without a P do</li>`,
		`<li>what channels and locks hold, and at which one a goroutine waits</li><li>variables, and the sizes and addresses of stacks: calls are those of the last event that has them</li>`,
		`<li>what the program prints</li></ul><p>Nothing of that is drawn. The file stays in this page; it is sent nowhere.</p>`)
	p.button("traceClose", "Back to the program", "Back to the program", "")
	return p.String()
}
