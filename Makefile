# propto: `make run` and `make test` do everything on a fresh Debian machine.
#
# The first pass installs what a target needs (tools/setup), the second builds.

ifeq ($(origin CC),default)
CC := gcc
endif
BUILD   ?= build
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
DESTDIR ?=
JOBS    ?= 2
VERSION := $(shell sed -n 's/^\#define PROPTO_VERSION "\(.*\)"/\1/p' include/propto.h)
SOMAJOR := 0
THEORY  := axioms/resource-model/critical-depth.propto

TARGETS := all run test trust unit property golden spec robust certificates faults threads lint san valgrind bench \
           bless axioms-readme install fuzz

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / && !seen[$$1]++ { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
clean: ## remove everything that was built
	rm -rf build build-san build-tsan build-fuzz
.PHONY: help clean deps $(TARGETS)

ifndef PROPTO_READY
.DEFAULT_GOAL := all
.NOTPARALLEL:
NEEDS          := build test
NEEDS_all      := build
NEEDS_run      := build
NEEDS_axioms-readme := build
NEEDS_install  := build
NEEDS_trust    := build test trust
NEEDS_bench    := build test bench
NEEDS_lint     := build test lint
NEEDS_san      := build test lint
NEEDS_valgrind := build test lint
NEEDS_threads  := build test lint
NEEDS_fuzz     := build lint

deps: ## install the packages for everything
	@CC="$(CC)" tools/setup build test lint
$(TARGETS):
	@CC="$(CC)" tools/setup $(or $(NEEDS_$@),$(NEEDS))
	@$(MAKE) --no-print-directory PROPTO_READY=1 $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS)) $@
else

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
# V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@echo "  $(1) $@")
LANGUAGE := -std=c11 -D_GNU_SOURCE
INCLUDE := -Isrc -Iinclude -I$(BUILD)/gen
COMPILE = $(CC) $(LANGUAGE) $(WARN) $(INCLUDE) $(CFLAGS) -fPIC -fvisibility=hidden -MMD -MP

# What propto-verify needs, first what has the most names to be found; Z3 is loaded when it is asked.
KERNEL_LIBS := -lflint -lgmp -lcjson -lnettle -lutf8proc -lm
LIBS := -lflint -lgmp -lcjson -lnettle -lutf8proc -lcsv -lpthread -lm

ROOMS   := base algebra lang engine analysis render api
SOURCES := $(sort $(foreach room,$(ROOMS),$(wildcard src/$(room)/*.c)))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
CLI     := $(patsubst src/%.c,$(BUILD)/obj/%.o,$(filter-out %/verify_main.c,$(wildcard src/cli/*.c)))
# propto-verify: neither engine nor analysis nor session; the link shows it.
CHECKER := $(filter-out $(BUILD)/obj/engine/% $(BUILD)/obj/analysis/% %/session.o,$(OBJECTS))
CHECKER_CLI := $(patsubst %,$(BUILD)/obj/cli/%.o,verify_main files complain memory values)
VERIFIER := $(BUILD)/propto-verify
PAGES   := $(patsubst docs/%.md,$(BUILD)/gen/%_page.h,$(wildcard docs/errors.md)) $(BUILD)/gen/z3_library.h
UNIT    := $(patsubst tests/%.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
# Of the sources of a property test, those without a main belong to all the others.
PROPERTY_MAIN := $(shell grep -ls '^int main' tests/property/*.c)
PROPERTY_REST := $(filter-out $(PROPERTY_MAIN),$(wildcard tests/property/*.c))
PROPERTY := $(PROPERTY_MAIN:tests/%.c=$(BUILD)/%)
BENCH   := $(filter-out tests/bench/minimal_z3.c,$(wildcard tests/bench/*.c))
PROGRAM := $(BUILD)/propto
STATIC  := $(BUILD)/libpropto.a
SHARED  := $(BUILD)/libpropto.so
SONAME  := libpropto.so.$(SOMAJOR)

all: $(PROGRAM) $(VERIFIER) $(STATIC) $(SHARED) ## the program and the library

run: $(PROGRAM) ## check the critical-depth theory
	$(PROGRAM) check $(THEORY)

$(BUILD)/obj/%.o: src/%.c Makefile | $(PAGES)
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -c $< -o $@

# The program sees the public header and nothing else of ours.
$(CLI) $(CHECKER_CLI): private INCLUDE := -Iinclude -Isrc

# docs/NAME.md as the bytes NAME_page[NAME_page_size], and a zero after them.
$(BUILD)/gen/%_page.h: docs/%.md Makefile
	@mkdir -p $(@D)
	@{ printf 'static const unsigned char $*_page[] = {\n'; \
	   od -An -v -tu1 $< | sed 's/^ *//; s/  */,/g; s/$$/,/'; \
	   printf '0};\nstatic const unsigned long $*_page_size = sizeof $*_page - 1;\n'; } > $@

# The program loads Z3 when it first asks it, by the name that a program linked with it would use.
$(BUILD)/gen/z3_library.h: Makefile
	@mkdir -p $(@D)
	@objdump -p "$$($(CC) -print-file-name=libz3.so)" | sed -n 's/^ *SONAME *\(.*\)/#define Z3_LIBRARY "\1"/p' > $@

# One object, in which only the visible names of the API stay global.
$(BUILD)/libpropto.o: $(OBJECTS)
	$(Q)$(LD) -r -o $@ $^
	$(Q)objcopy --localize-hidden $@

$(STATIC): $(BUILD)/libpropto.o
	@rm -f $@
	$(call say,ar)
	$(Q)$(AR) rcs $@ $<

$(SHARED): $(OBJECTS)
	$(call say,ld)
	$(Q)$(CC) $(CFLAGS) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(LIBS) $(LDFLAGS)
	@ln -sf $(@F) $(BUILD)/$(SONAME)

$(PROGRAM): $(CLI) $(STATIC)
	$(call say,ld)
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(LIBS) $(LDFLAGS)

$(BUILD)/libchecker.a: $(CHECKER)
	@rm -f $@
	$(call say,ar)
	$(Q)$(AR) rcs $@ $^

$(VERIFIER): $(CHECKER_CLI) $(BUILD)/libchecker.a
	$(call say,ld)
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(KERNEL_LIBS) $(LDFLAGS)

# --- tests ---

# Unit tests see every room; property tests only the public door, benchmarks only the program.
# An archive of names, from which each takes what it needs.
$(BUILD)/librooms.a: $(OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcsT $@ $^
$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/librooms.a Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -O1 -o $@ $< $(BUILD)/librooms.a -lcmocka $(LIBS) $(LDFLAGS)
$(BUILD)/property/%: private INCLUDE := -Iinclude
$(BUILD)/property/%: tests/property/%.c $(PROPERTY_REST) $(wildcard tests/property/*.h) $(STATIC) Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -o $@ $< $(PROPERTY_REST) $(STATIC) -lcmocka $(LIBS) $(LDFLAGS)
$(BUILD)/bench/bench: $(BENCH) $(wildcard tests/bench/*.h) Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(filter-out -MMD -MP,$(COMPILE)) -o $@ $(BENCH) -lcjson -lm $(LDFLAGS)
$(BUILD)/bench/minimal_z3: tests/bench/minimal_z3.c Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -o $@ $< -lz3 $(LDFLAGS)

$(BUILD)/certificates/%: private INCLUDE := -Iinclude
$(BUILD)/certificates/%: tests/certificates/%.c $(BUILD)/libchecker.a Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -o $@ $< $(BUILD)/libchecker.a $(KERNEL_LIBS) $(LDFLAGS)

# Loaded by tests into the program, below its own malloc and above the C library.
FAULTS := $(patsubst tests/%.c,$(BUILD)/%.so,$(wildcard tests/faults/*.c))
$(BUILD)/faults/%.so: tests/faults/%.c Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(CC) $(LANGUAGE) $(WARN) -O2 -fPIC -shared -o $@ $<

# What the fuzzers have in common.
FUZZ_REST := $(addprefix tests/fuzz/,edits.c sealed.c) tests/property/forget_lines.c
# What the fuzzers would be given, from files; no clang is needed.
REPLAY := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/replay_%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(FUZZ_REST) $(wildcard tests/fuzz/*.h) $(OBJECTS) Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(filter-out -MMD -MP,$(COMPILE)) -o $@ $< tests/fuzz/replay.c $(FUZZ_REST) $(OBJECTS) $(LIBS) $(LDFLAGS)

CHANGED := $(BUILD)/certificates/changed
TESTED := $(PROGRAM) $(REPLAY) $(CHANGED) $(VERIFIER) $(STATIC) $(SHARED) $(UNIT) $(PROPERTY) $(FAULTS)

tested: $(TESTED)
test: $(TESTED) ## every test
	@BUILD=$(BUILD) CC="$(CC)" tests/run unit property golden refuse spec robust attacks faults limits schema axioms certificates fuzz coq trust lint install
# Other theories with SEED=n, more or fewer with SIZE=n, a piece with FIRST=n; disagreements go to
# BUILD/trust.
SEED ?= 1
SIZE ?= 10000
FIRST ?= 0
trust: $(PROGRAM) ## Coq, Z3, cvc5 on the library and on SIZE=10000 random theories (SEED=1)
	@BUILD=$(BUILD) TRUST=1 tests/coq/run --all
	@BUILD=$(BUILD) TRUST=1 tests/axioms/run
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/trust/run $(SIZE) $(SEED) $(FIRST)
unit: $(UNIT) ## the unit tests alone
	@BUILD=$(BUILD) tests/run unit
property: $(PROPERTY) ## random theories against an independent oracle
	@BUILD=$(BUILD) tests/run property
golden: $(PROGRAM) ## the expected outputs alone
	@BUILD=$(BUILD) tests/run golden
spec: $(PROGRAM) $(STATIC) ## the examples of the documents alone
	@BUILD=$(BUILD) CC="$(CC)" tests/run spec
robust: $(PROGRAM) $(VERIFIER) ## bad input at the process level alone
	@BUILD=$(BUILD) tests/run robust
certificates: $(PROGRAM) $(VERIFIER) $(CHANGED) ## every number of every certificate of axioms/ changed
	@BUILD=$(BUILD) tests/certificates/run --all
faults: $(PROGRAM) $(VERIFIER) $(FAULTS) ## every allocation and every call fails once; many signals
	@BUILD=$(BUILD) FAULTS=all tests/run faults
bless: $(PROGRAM) $(STATIC) ## rewrite the expected outputs; then read the diff
	@BUILD=$(BUILD) CC="$(CC)" BLESS=1 tests/run golden spec
axioms-readme: $(PROGRAM) ## rewrite axioms/README.md from the theories
	@tools/axioms-readme $(PROGRAM) > $(BUILD)/axioms-readme.md
	@cp $(BUILD)/axioms-readme.md axioms/README.md

# --- checks of the code ---

lint: $(PAGES) $(SHARED) ## walls, warnings as errors under gcc and clang, layout
	tests/lint/walls . $(BUILD)
	@BUILD=$(BUILD) tests/lint/warnings "$(LANGUAGE) $(WARN)"
	@tests/lint/layout

SANITIZE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-format-truncation
san: valgrind threads ## every test under the sanitizers, and valgrind
	@$(MAKE) --no-print-directory BUILD=build-san CFLAGS="$(SANITIZE)" test-san
test-san: $(TESTED)
	@BUILD=$(BUILD) CC="$(CC)" SANITIZED=1 tests/run unit property golden refuse robust attacks axioms certificates fuzz
threads: ## sessions in several threads, under ThreadSanitizer (clang)
	@$(MAKE) --no-print-directory BUILD=build-tsan CC=clang CFLAGS="-O1 -g -fsanitize=thread" test-threads
test-threads: $(BUILD)/property/test_threads
	TSAN_OPTIONS="die_after_fork=0 exitcode=66" $<
valgrind: $(PROGRAM) $(VERIFIER) ## no leak of ours on any command
	@BUILD=$(BUILD) tests/run valgrind
# WRITE=1 keeps the results in docs/performance.md and docs/bench.svg; OPTIONS go to the program.
bench: $(PROGRAM) $(BUILD)/bench/bench $(BUILD)/bench/minimal_z3 ## times, beside z3, cvc5 and the program before parameters
	@before=$$(CC="$(CC)" JOBS=$(JOBS) tests/bench/before $(BUILD)/before 2>/dev/null); \
	$(BUILD)/bench/bench $${before:+--before "$$before"} \
	    $(if $(WRITE),--write docs/performance.md --picture docs/bench.svg) $(OPTIONS) \
	    $(PROGRAM) $(BUILD)/bench/minimal_z3 axioms
.PHONY: tested test-san test-threads

# --- fuzzing: make fuzz SECONDS=60 ---

SECONDS ?= 60
FUZZERS := $(basename $(notdir $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
fuzz: ## random bytes at every reader, SECONDS for each, under the sanitizers
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang CFLAGS="$(FUZZ) -fsanitize=fuzzer-no-link" fuzzers
	@BUILD=build-fuzz tests/fuzz/run $(SECONDS) $(FUZZERS)
fuzzers: $(FUZZERS:%=$(BUILD)/fuzz/%) $(PROGRAM)
$(BUILD)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ_REST) $(wildcard tests/fuzz/*.h) $(OBJECTS) Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(filter-out -MMD -MP,$(COMPILE)) -fsanitize=fuzzer -o $@ $< $(FUZZ_REST) $(OBJECTS) $(LIBS) $(LDFLAGS)
.PHONY: fuzzers

# --- installation ---

HOME_OF_INSTALL := $(DESTDIR)$(PREFIX)
install: all ## PREFIX=/usr/local, DESTDIR=
	install -d $(addprefix $(HOME_OF_INSTALL)/,bin include lib/pkgconfig share/propto share/doc/propto share/man/man1)
	install -m 755 $(PROGRAM) $(VERIFIER) $(HOME_OF_INSTALL)/bin/
	install -m 644 include/propto.h $(HOME_OF_INSTALL)/include/
	install -m 644 $(STATIC) $(HOME_OF_INSTALL)/lib/
	install -m 755 $(SHARED) $(HOME_OF_INSTALL)/lib/libpropto.so.$(VERSION)
	ln -sf libpropto.so.$(VERSION) $(HOME_OF_INSTALL)/lib/$(SONAME)
	ln -sf $(SONAME) $(HOME_OF_INSTALL)/lib/libpropto.so
	printf '%s\n' 'prefix=$(PREFIX)' 'Name: propto' 'Description: the checker for scaling assumptions' \
	    'Version: $(VERSION)' 'Cflags: -I$${prefix}/include' 'Libs: -L$${prefix}/lib -lpropto' \
	    'Libs.private: $(LIBS)' > $(HOME_OF_INSTALL)/lib/pkgconfig/propto.pc
	tools/manual $(PROGRAM) > $(HOME_OF_INSTALL)/share/man/man1/propto.1
	cp -R axioms $(HOME_OF_INSTALL)/share/propto/
	cp -R README.md SECURITY.md LICENSE docs $(HOME_OF_INSTALL)/share/doc/propto/

-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/unit/*.d $(BUILD)/property/*.d $(BUILD)/bench/*.d)
endif
