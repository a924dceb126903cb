package paint

// Settings are what the reader may set for all lessons.
func Settings(plain bool) string {
	checked := ""
	if plain {
		checked = " checked"
	}
	return `<summary>Settings</summary><div class="panel"><label><input type="checkbox"` + checked + `> Plain text editor</label>` +
		`<p class="soft">Edit programs in a simple text area, without colours and completion of brackets. This browser remembers it.</p>` +
		`<h4>Your work</h4><p class="soft">Drafts and their versions are kept in this browser only. Some browsers throw them away when you don’t come back for a week.</p>` +
		`<div class="gets"><button type="button" data-work="export">Save all to a file</button>` +
		`<label class="file">Bring back from a file <input type="file" accept=".json,application/json"></label></div><p role="status" data-work="said"></p></div>`
}
