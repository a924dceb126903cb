package paint

// Settings are what the reader may set for all lessons.
func Settings(plain bool) string {
	checked := ""
	if plain {
		checked = " checked"
	}
	return `<summary>Settings</summary><div class="panel"><label><input type="checkbox"` + checked + `> Plain text editor</label>` +
		`<p class="soft">Edit programs in a simple text area, without colours and completion of brackets. This browser remembers it.</p></div>`
}
