#!/bin/sh
# build.sh        build the site into dist/
# build.sh serve  build it, serve it on http://127.0.0.1:8080/, rebuild when a file changes
# build.sh test   install what is missing, then run every check
set -eu
cd "$(dirname "$0")"

fail() {
	echo "build.sh: $*" >&2
	exit 1
}

# need NAME PACKAGE HOW: install Debian's PACKAGE if the command NAME is missing and we may.
need() {
	command -v "$1" >/dev/null && return
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		apt-get update -qq && apt-get install -y -qq --no-install-recommends "$2" >/dev/null && return
	fi
	missing="$missing $1"
	echo "build.sh: $1 is missing: $3" >&2
}

step() {
	echo "== $*"
	"$@" || fail "failed: $*"
}

# formatted fails and names the files that gofmt would change.
formatted() {
	files=$(gofmt -l cmd internal lessons sim)
	[ -z "$files" ] || fail "gofmt would change: $files"
}

# without_browser runs all tests but those in a browser, which come alone afterwards:
# beside others, what has a clock is late on both sides.
without_browser() {
	go test -timeout 30m $(go list ./... | grep -v '/internal/browsertest$')
}

# on_wasm runs tests on js/wasm. There is no go command there, so they get the site's image of the library.
on_wasm() {
	GOPARK_IMAGE=$(echo "$PWD"/dist/assets/std-*.img.gz) GOOS=js GOARCH=wasm \
		go test -exec "$(go env GOROOT)/lib/wasm/go_js_wasm_exec" "$@"
}

# on_core does so with the virtual machine's core, in place of the loop that Go compiles.
on_core() {
	GOPARK_IMAGE=$(echo "$PWD"/dist/assets/std-*.img.gz) GOPARK_CORE=$(echo "$PWD"/dist/assets/core-*.wasm) GOOS=js GOARCH=wasm \
		go test -tags wasmcore -exec "node --stack-size=8192 $PWD/internal/wasmexec/node.mjs" "$@"
}

# on_js and on_js_too are the tests on js/wasm; there each has one core.
on_js() {
	step on_core -timeout 40m -count=1 ./sim/conform -run '^(TestLogHash|TestGo)$'
}

on_js_too() {
	step on_wasm -timeout 30m -count=1 ./sim/conform -run TestLogHash
	step on_wasm ./sim/conform/workload
	step on_core -timeout 30m ./sim/vm
	step on_core -count=1 ./sim/conform -run '^TestOracle$' # alone: its stack of 1 GB needs a fresh heap
}

# beside runs two lists of steps at the same time; what the second says is shown when both are over.
beside() {
	echo "== $1 and $2, beside each other"
	"$2" >.cache/beside 2>&1 &
	second=$!
	failed=
	("$1") || failed=$1
	wait "$second" || failed="$failed $2"
	cat .cache/beside
	[ -z "$failed" ] || fail "failed:" $failed
}

tests() {
	missing=
	need node nodejs "install Node.js 20 or later; it runs the tests of the wasm build"
	need npm npm "it comes with Node.js; it fetches CodeMirror"
	if ! command -v google-chrome >/dev/null; then
		need chromium chromium "install Chromium or Google Chrome; the browser tests drive it"
	fi
	if [ -n "$missing" ] && [ -n "${CI-}" ]; then
		fail "in CI nothing may be missing:$missing"
	fi

	step formatted
	step go vet ./...
	step env GOOS=js GOARCH=wasm go vet ./cmd/wasm
	step go tool staticcheck ./...
	step go run ./cmd/gopark build
	mkdir -p .cache
	export GOPARK_SITE="$PWD/dist"             # the browser tests need not build another
	export GOPARK_HASHES="$PWD/.cache/hashes" # what this host says of the logs, and js/wasm must say too; a result that go test keeps is of this file
	step without_browser
	step go test -timeout 30m ./internal/browsertest
	if command -v node >/dev/null; then
		beside on_js on_js_too
	fi
	if [ -n "$missing" ]; then
		echo "all green, but not everything ran: missing$missing"
	else
		echo "all green"
	fi
}

command -v go >/dev/null || fail "Go is missing: install the release named in go.mod from https://go.dev/dl/"
case "${1-build}" in
build | serve)
	command=${1-build}
	[ $# -eq 0 ] || shift
	exec go run ./cmd/gopark "$command" "$@"
	;;
test) tests ;;
*)
	sed -n 's/^# \(build\)/\1/p' "$0" >&2
	exit 2
	;;
esac
