package paint

import "gopark/cmd/wasm/phrase"

// Settings are what the reader may set for all lessons.
func Settings(plain, vim, noKeys, tables bool) string {
	p := &page{}
	p.w(`<summary>` + phrase.Settings + `</summary><div class="panel">`)
	p.check("gopark-plain-editor", phrase.PlainTextEditor, phrase.EditProgramsInASimpleText, plain)
	p.check("gopark-vim", phrase.VimsKeys, phrase.InTheEditorWithColours, vim)
	p.check("gopark-no-keys", phrase.NoShortcutsOfASingleKey, phrase.TheQuestionMarkThenDoesNot, noKeys)
	p.check("gopark-tables", phrase.TablesToo, phrase.BoardAndTimelineOfEveryInstant, tables)
	p.w(`<label><input type="checkbox" data-offline="on">` + phrase.KeepTheSiteOffline + `</label><p class="soft">` + phrase.FetchesEverythingAbout8MBInto + `</p><p role="status" data-offline="said"></p>`)
	p.w(`<button type="button" data-act="keys" aria-haspopup="dialog">`+phrase.ListOfKeys+`</button>`,
		`<h2>`+phrase.YourWork+`</h2><p class="soft">`+phrase.DraftsAndTheirVersionsAreKept+`</p>`,
		`<div class="gets"><button type="button" data-work="export">`+phrase.SaveAllToAFile+`</button>`,
		`<label class="file">`+phrase.BringBackFromAFile+`<input type="file" accept=".json,application/json"></label></div><p role="status" data-work="said"></p></div>`)
	return p.String()
}

func (p *page) check(name, label, what string, on bool) {
	checked := ""
	if on {
		checked = " checked"
	}
	p.w(`<label><input type="checkbox" name="`, name, `"`, checked, `> `, label, `</label><p class="soft">`, what, `</p>`)
}
