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

TARGETS := all run test unit property golden spec robust lint san valgrind bench bless \
           axioms-readme install

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / && !seen[$$1]++ { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
clean: ## remove everything that was built
	rm -rf build build-san
.PHONY: help clean deps $(TARGETS)

ifndef PROPTO_READY
.DEFAULT_GOAL := all
.NOTPARALLEL:
NEEDS          := build test
NEEDS_all      := build
NEEDS_run      := build
NEEDS_axioms-readme := build
NEEDS_install  := build
NEEDS_lint     := build test lint
NEEDS_san      := build test lint
NEEDS_valgrind := build test lint

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

LIBS := -lz3 -lcjson -lflint -lgmp -lutf8proc -lcsv -lpthread -lm

ROOMS   := base algebra lang engine analysis render api
SOURCES := $(sort $(foreach room,$(ROOMS),$(wildcard src/$(room)/*.c)))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
CLI     := $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/cli/*.c))
PAGES   := $(patsubst docs/%.md,$(BUILD)/gen/%_page.h,$(wildcard docs/errors.md))
UNIT    := $(patsubst tests/%.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
# Of the sources of a property test, those without a main belong to all the others.
PROPERTY_MAIN := $(shell grep -ls '^int main' tests/property/*.c)
PROPERTY_REST := $(filter-out $(PROPERTY_MAIN),$(wildcard tests/property/*.c))
PROPERTY := $(PROPERTY_MAIN:tests/%.c=$(BUILD)/%)
PROGRAM := $(BUILD)/propto
STATIC  := $(BUILD)/libpropto.a
SHARED  := $(BUILD)/libpropto.so
SONAME  := libpropto.so.$(SOMAJOR)

all: $(PROGRAM) $(STATIC) $(SHARED) ## the program and the library

run: $(PROGRAM) ## check the critical-depth theory
	$(PROGRAM) check $(THEORY)

$(BUILD)/obj/%.o: src/%.c Makefile | $(PAGES)
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -c $< -o $@

# The program sees the public header and nothing else of ours.
$(CLI): private INCLUDE := -Iinclude -Isrc

# docs/NAME.md as the bytes NAME_page[NAME_page_size], and a zero after them.
$(BUILD)/gen/%_page.h: docs/%.md Makefile
	@mkdir -p $(@D)
	@{ printf 'static const unsigned char $*_page[] = {\n'; \
	   od -An -v -tu1 $< | sed 's/^ *//; s/  */,/g; s/$$/,/'; \
	   printf '0};\nstatic const unsigned long $*_page_size = sizeof $*_page - 1;\n'; } > $@

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

# --- tests ---

# Unit tests see every room; property tests and benchmarks only the public door.
$(BUILD)/unit/%: tests/unit/%.c $(OBJECTS) Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -o $@ $< $(OBJECTS) -lcmocka $(LIBS) $(LDFLAGS)
$(BUILD)/property/% $(BUILD)/bench/%: private INCLUDE := -Iinclude
$(BUILD)/property/%: tests/property/%.c $(PROPERTY_REST) $(wildcard tests/property/*.h) $(STATIC) Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -o $@ $< $(PROPERTY_REST) $(STATIC) -lcmocka $(LIBS) $(LDFLAGS)
$(BUILD)/bench/%: tests/bench/%.c $(STATIC) Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -o $@ $< $(STATIC) $(LIBS) $(LDFLAGS)

TESTED := $(PROGRAM) $(STATIC) $(SHARED) $(UNIT) $(PROPERTY)

test: $(TESTED) ## every test
	@BUILD=$(BUILD) CC="$(CC)" tests/run unit property golden refuse spec robust limits schema axioms lint install
unit: $(UNIT) ## the unit tests alone
	@BUILD=$(BUILD) tests/run unit
property: $(PROPERTY) ## random theories against an independent oracle
	@BUILD=$(BUILD) tests/run property
golden: $(PROGRAM) ## the expected outputs alone
	@BUILD=$(BUILD) tests/run golden
spec: $(PROGRAM) $(STATIC) ## the examples of the documents alone
	@BUILD=$(BUILD) CC="$(CC)" tests/run spec
robust: $(PROGRAM) ## bad input at the process level alone
	@BUILD=$(BUILD) tests/run robust
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
san: valgrind ## every test under the sanitizers, and valgrind
	@$(MAKE) --no-print-directory BUILD=build-san CFLAGS="$(SANITIZE)" test-san
test-san: $(TESTED)
	@BUILD=$(BUILD) CC="$(CC)" SANITIZED=1 tests/run unit property golden refuse robust axioms
valgrind: $(PROGRAM) ## no leak of ours on any command
	@BUILD=$(BUILD) tests/run valgrind
bench: $(PROGRAM) $(BUILD)/bench/bench $(BUILD)/bench/minimal_z3 ## times, beside z3 and the program before parameters
	@before=$$(CC="$(CC)" JOBS=$(JOBS) tests/bench/before $(BUILD)/before 2>/dev/null); \
	$(BUILD)/bench/bench $${before:+--before "$$before"} $(PROGRAM) $(BUILD)/bench/minimal_z3 axioms
.PHONY: test-san

# --- installation ---

HOME_OF_INSTALL := $(DESTDIR)$(PREFIX)
install: all ## PREFIX=/usr/local, DESTDIR=
	install -d $(addprefix $(HOME_OF_INSTALL)/,bin include lib/pkgconfig share/propto share/doc/propto)
	install -m 755 $(PROGRAM) $(HOME_OF_INSTALL)/bin/
	install -m 644 include/propto.h $(HOME_OF_INSTALL)/include/
	install -m 644 $(STATIC) $(HOME_OF_INSTALL)/lib/
	install -m 755 $(SHARED) $(HOME_OF_INSTALL)/lib/libpropto.so.$(VERSION)
	ln -sf libpropto.so.$(VERSION) $(HOME_OF_INSTALL)/lib/$(SONAME)
	ln -sf $(SONAME) $(HOME_OF_INSTALL)/lib/libpropto.so
	printf '%s\n' 'prefix=$(PREFIX)' 'Name: propto' 'Description: the checker for scaling assumptions' \
	    'Version: $(VERSION)' 'Cflags: -I$${prefix}/include' 'Libs: -L$${prefix}/lib -lpropto' \
	    'Libs.private: $(LIBS)' > $(HOME_OF_INSTALL)/lib/pkgconfig/propto.pc
	cp -R axioms $(HOME_OF_INSTALL)/share/propto/
	cp -R README.md LICENSE docs $(HOME_OF_INSTALL)/share/doc/propto/

-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/unit/*.d $(BUILD)/property/*.d $(BUILD)/bench/*.d)
endif
