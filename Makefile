# What is done with this house. `make` alone lists it.
# CI=true makes every skip a failure.

GO ?= go
FUZZTIME ?= 5s

.PHONY: help demo test browser lint unit postgres race fuzz bench build dist docs module clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: ## a workshop with invented people and watches, in the browser
	$(GO) run ./cmd/etabli demo

test: browser lint unit ## everything that proves the house, after installing what that needs (Debian)

browser: ## Chromium, poppler and PostgreSQL, where this machine lets us install them
	@./.ci/install

lint: ## format and vet
	@out=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$out" ]; then echo "not gofmt-ed:"; echo "$$out"; exit 1; fi
	$(GO) vet ./...

unit: ## tests, pages in a real browser included
	ETABLI_STRICT_KEYS=1 $(GO) test -shuffle=on -timeout 30m ./...

postgres: ## the workshop and its API once more, with the book on PostgreSQL
	ETABLI_TEST_DB=postgres $(GO) test -timeout 30m ./workshop ./api

race: ## the rooms where two things happen at once, under the race detector (needs a C compiler); crowds of processes apart
	CGO_ENABLED=1 $(GO) test -race -timeout 30m -skip 'Crowd|Killed' ./journal ./blob/... ./store/... ./live ./mail ./locale

fuzz: ## every fuzz target for FUZZTIME
	@./.ci/fuzz $(FUZZTIME)

bench: ## the figures that notes quote
	$(GO) test -run '^$$' -bench . -benchmem ./timing/... ./horology ./diagnosis ./store/... ./live ./web ./cli

build: ## one static binary for this machine
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o etabli ./cmd/etabli

dist: ## the same for Linux, Windows and macOS, on amd64 and arm64
	@mkdir -p dist; for t in linux/amd64 linux/arm64 windows/amd64 darwin/amd64 darwin/arm64; do \
	  os=$${t%/*}; arch=$${t#*/}; ext=; [ $$os = windows ] && ext=.exe; \
	  echo $$t; CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags '-s -w' -o dist/etabli-$$os-$$arch$$ext ./cmd/etabli || exit 1; done

docs: ## documents drawn from the code: the table of stages
	$(GO) test . -run TestDocuments -update

module: ## give the module another path: make module PATH_TO=example.com/you/etabli
	@test -n "$(PATH_TO)" || { echo "PATH_TO= is missing"; exit 2; }
	@old=$$($(GO) list -m); grep -rlF "$$old" --include='*.go' --include=go.mod --include='*.md' --include='*.txtar' . | xargs sed -i "s#$$old#$(PATH_TO)#g"
	$(GO) build ./...

clean:
	rm -rf etabli dist
