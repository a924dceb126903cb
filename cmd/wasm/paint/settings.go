package paint

// Settings are what the reader may set for all lessons.
func Settings(plain, vim, noKeys, tables bool) string {
	p := &page{}
	p.w(`<summary>Settings</summary><div class="panel">`)
	p.check("gopark-plain-editor", "Plain text editor", "Edit programs in a simple text area, without colours and completion.", plain)
	p.check("gopark-vim", "Vim’s keys", "In the editor with colours.", vim)
	p.check("gopark-no-keys", "No shortcuts of a single key", "The question mark then does not open the list of keys.", noKeys)
	p.check("gopark-tables", "Tables too", "Board and timeline of every instant also in words, as tables.", tables)
	p.w(`<label><input type="checkbox" data-offline="on"> Keep the site offline</label><p class="soft">Fetches everything, about 8 MB, into this browser. A newer version is taken whenever there is a network.</p><p role="status" data-offline="said"></p>`)
	p.w(`<button type="button" data-act="keys" aria-haspopup="dialog">List of keys</button>`,
		`<h2>Your work</h2><p class="soft">Drafts and their versions are kept in this browser only. Some browsers throw them away when you don’t come back for a week.</p>`,
		`<div class="gets"><button type="button" data-work="export">Save all to a file</button>`,
		`<label class="file">Bring back from a file <input type="file" accept=".json,application/json"></label></div><p role="status" data-work="said"></p></div>`)
	return p.String()
}

func (p *page) check(name, label, what string, on bool) {
	checked := ""
	if on {
		checked = " checked"
	}
	p.w(`<label><input type="checkbox" name="`, name, `"`, checked, `> `, label, `</label><p class="soft">`, what, `</p>`)
}
