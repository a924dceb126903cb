// Package browsertest drives the built site in a real browser, as a reader
// would: by the names and roles that assistive technology hears. It knows
// nothing of how the page is made. It has no code but tests.
//
//	go test ./internal/browsertest                       all
//	go test ./internal/browsertest -run TestCell/stop    one
//	go test ./internal/browsertest -site "$PWD/dist"     of a site that is built already; or GOPARK_SITE names it
//	go test ./internal/browsertest -shots /tmp/shots     and keep screenshots
//	go test ./internal/browsertest -run TestFrames -frames 1000000 -v    how fast the timeline of so many events is drawn
//	go test ./internal/browsertest -run TestCrowd -crowd 1000000    a million goroutines in a page
package browsertest
