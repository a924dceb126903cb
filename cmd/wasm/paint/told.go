package paint

import "gopark/cmd/wasm/phrase"

// Told says of an opened trace what is shown of it, and what nobody knows.
func Told(name string) string {
	p := &page{}
	p.w(`<h3>`+phrase.ATraceOfARealProgram+`</h3><p><b>`, esc(name), `</b></p>`,
		`<p>`+phrase.ThisIsWhatARealGo+`</p>`,
		`<h3>`+phrase.WhatATraceDoesNotTell+`</h3><ul>`,
		`<li>`+phrase.InWhichQueueARunnableGoroutine+`</li><li>`+phrase.OnWhichCoreAThreadIs+`</li>`,
		`<li>`+phrase.WhatChannelsAndLocksHoldAnd+`</li><li>`+phrase.VariablesAndTheSizesAndAddresses+`</li>`,
		`<li>`+phrase.WhatTheProgramPrints+`</li></ul><p>`+phrase.NothingOfThatIsDrawnThe+`</p>`)
	p.button("traceClose", phrase.BackToTheProgram, phrase.BackToTheProgram, "")
	return p.String()
}
