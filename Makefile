# The front door. `make` alone prints the list. Node 20.19 or later and make are all it needs.

NODE ?= node
NPM ?= npm
BIN := node_modules
VITEST := $(NODE) $(BIN)/vitest/vitest.mjs run
PICKLESPEC := $(NODE) dist/cli.js

# Where vitest leaves its results as JSON, when asked to: make test RESULTS=reports/out/ci
results = $(if $(RESULTS),--reporter=default --reporter=json --outputFile.json=$(RESULTS)/$(1).json)

PARTS := reference conformance fuzz bench reports
below = $(foreach path,$(wildcard $(1)/*),$(path) $(call below,$(path)))
SOURCES := cli.ts command-line.ts $(filter-out %.test.ts,$(filter %.ts,$(foreach part,$(PARTS),$(call below,$(part)))))

# What `make` lists; a target that is not here is not for every day.
.PHONY: help
help:
	@$(info make conformance        the suite, on the reference and every Python found; then reports/out/index.html)
	@$(info make conformance-all    the same, and third parties: those that make subjects could install)
	@$(info make subjects           installs third parties where their tools are; who can be tested here)
	@$(info make fuzz               a minute of questions nobody thought of)
	@$(info make differential       a million of them, on every Python found; ARGS='--seed 1' for the same ones again)
	@$(info make mutants            150 mistakes in the reference: does the suite tell? ARGS='--seed 2' for others)
	@$(info make bench              how fast each implementation on this machine is)
	@$(info make report             the reports of the last run again; make readme: its results into README.md)
	@$(info make test               the tests that need only Node, with the coverage of the reference)
	@$(info make test-all           the same, and those that need interpreters, a browser and the packed package)
	@$(info make check              types, style, layers, leftovers)
	@$(info make all                check, test-all and conformance)
	@$(info make build              the command line, in dist)
	@$(info make clean              forget everything that was built)
	@:

.PHONY: all
all: check test-all conformance

# npm writes this file last, so it is the stamp of a finished installation.
$(BIN)/.package-lock.json: package-lock.json
	$(NPM) ci --no-audit --no-fund

dist/.built: $(BIN)/.package-lock.json tsconfig.json tsconfig.build.json $(SOURCES)
	$(NODE) $(BIN)/typescript/bin/tsc -p tsconfig.build.json
	@$(NODE) -e "fs.writeFileSync('$@', '')"

.PHONY: install build
install: $(BIN)/.package-lock.json
build: dist/.built

# After a change in reports/page: puts it into what reports carry.
.PHONY: page
page: install
	$(VITEST) --project unit checks/page-assets.test.ts --update

.PHONY: conformance conformance-all subjects fuzz differential mutants bench
conformance: build
	$(PICKLESPEC) run $(ARGS)
conformance-all: subjects
	$(PICKLESPEC) run --subject all $(ARGS)
subjects: build
	$(PICKLESPEC) subjects --install $(if $(filter conformance-all,$(MAKECMDGOALS)),,$(ARGS))
fuzz: build
	$(PICKLESPEC) fuzz $(ARGS)
# Until a million answers were held against the reference, or what ARGS say: ARGS='--checks 100000';
# then so many damaged PICKLES are loaded.
differential: build
	$(PICKLESPEC) fuzz $(if $(filter --checks --cases --time,$(ARGS)),,--checks 1000000) $(ARGS)
	$(PICKLESPEC) fuzz --target load --cases $(or $(PICKLES),5000)
mutants: build
	$(PICKLESPEC) mutants $(ARGS)
bench: build
	$(PICKLESPEC) bench $(ARGS)

# What the last run and the last benchmark left behind.
RECORDS = $(wildcard reports/out/record.jsonl reports/out/bench.json)

.PHONY: report readme
report: build
	$(PICKLESPEC) report $(or $(ARGS),$(RECORDS))
readme: build
	$(PICKLESPEC) report reports/out/record.jsonl --readme README.md

.PHONY: test test-all test-native test-browser
test: install
	$(VITEST) --project unit --coverage $(call results,unit)
test-native: build
	$(VITEST) --project native $(call results,native)
test-browser: build
	$(VITEST) --project browser $(call results,browser)
test-all: test test-native test-browser

# Long proofs, run by hand. Each of the 68 instructions is broken in a copy, and a case must see it.
.PHONY: proof-instructions
proof-instructions: build
	$(VITEST) --project proof conformance/subjects/javascript/reference/instructions.proof.test.ts

# This one needs a Python with pip, and takes a crate too where cargo is.
.PHONY: proof-shipped-pickles
proof-shipped-pickles: build
	$(VITEST) --project proof conformance/commands/shipped-pickles.proof.test.ts

# What every interpreter found writes of its own pickles again, of numpy and pandas too where it has
# them (PATH=venv/bin:$$PATH), and what loads and fuzzing stand.
.PHONY: proof-repickled proof-loads proof-adapter
proof-repickled: build
	$(VITEST) --project proof reference/repickler/repickled.proof.test.ts
proof-loads: build
	$(VITEST) --project proof reference/unpickler/deep.proof.test.ts fuzz/loads/planted-load-faults.proof.test.ts
proof-adapter: build
	$(VITEST) --project proof conformance/subjects/python/deep-tests.proof.test.ts

# The template of an adapter that fetches a package, where its toolchain and the package are to be had.
.PHONY: proof-adapters
proof-adapters: build
	$(VITEST) --project proof conformance/commands/new-adapter.proof.test.ts

# Every example of Python, asked again of each interpreter found: N of N hold.
.PHONY: proof-examples
proof-examples: build
	$(VITEST) --project proof checks/examples.proof.test.ts

# All mutants of the reference, those said to be equivalent too: a night's work.
.PHONY: proof-mutants
proof-mutants: build
	$(PICKLESPEC) mutants --by fuzz --equivalent $(ARGS)
	$(PICKLESPEC) mutants --all $(ARGS)

.PHONY: check types style layers leftovers tree
check: types style layers leftovers tree
types: install
	$(NODE) $(BIN)/typescript/bin/tsc -p tsconfig.json
	$(NODE) $(BIN)/typescript/bin/tsc -p tsconfig.page.json
style: install
	$(NODE) $(BIN)/@biomejs/biome/bin/biome check --error-on-warnings .
layers: install
	$(NODE) $(BIN)/dependency-cruiser/bin/dependency-cruise.mjs cli.ts command-line.ts $(PARTS)
	$(VITEST) --project checks checks/layers.test.ts $(call results,layers)
leftovers: install
	$(NODE) $(BIN)/knip/bin/knip.js
tree: install
	$(VITEST) --project checks checks/tree.test.ts $(call results,tree)

# Long proofs, run by hand. Every Python found loads 100 000 damaged pickles in both worlds, by each engine.
.PHONY: proof-damaged
proof-damaged: build
	$(PICKLESPEC) fuzz --target load --cases 100000 --seed 1 $(ARGS)

.PHONY: clean
clean:
	@$(NODE) -e "for (const made of ['dist', 'coverage', 'reports/out']) fs.rmSync(made, { recursive: true, force: true })"
