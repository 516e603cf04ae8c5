# `make` lists the targets. Every change has to pass the gate, `make check`.

.DEFAULT_GOAL := help
.PHONY: help build test race fuzz bench lint docs image check clean

FUZZTIME ?= 30s
BENCH ?= .
RUNS ?= 3

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Builds the binary ./fakeattio
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o fakeattio ./cmd/fakeattio

test: ## Runs the tests
	go run ./.ci/gotest ./...

race: ## Runs the tests under the race detector
	go test -race -timeout 15m ./...

fuzz: ## Fuzzes every target for FUZZTIME (30s) each
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
		done; \
	done

bench: ## Measures what docs/performance.md promises; BENCH names benchmarks (default: all), RUNS how often (3)
	go run ./.ci/bench -only '$(BENCH)' -count $(RUNS) $(if $(SHORT),-short) $(if $(WRITE),-write docs/performance.md)

lint: ## Checks formatting, vet, the linters and go.mod
	bash .ci/lint

docs: ## Generates the tables and pictures of the documents, the JSON Schema and golden files
	go test ./fake/internal/control -run Document -update
	go test ./fake -run Docs -update
	go test ./fake/internal/scenario -update
	bash .ci/docs -update

image: ## Builds the container image
	docker build --tag fakeattio .

check: ## Runs the gate, as CI does
	bash .ci/run

clean: ## Removes what was built
	rm -rf fakeattio dist
