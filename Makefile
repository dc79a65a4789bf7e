# Tact - see README.md. `make help` lists the targets.
#
# One non-recursive Makefile. A layer is a folder below milter/ and becomes
# lib<layer>.a; its unit tests link it whole, with only the layers below it, so
# that a call upward is an undefined reference. New .c files need no line here.

.DEFAULT_GOAL = all
VERSION = 0.1.0
SAN ?=
BUILD ?= build/$(if $(SAN),$(SAN),plain)

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
MANDIR ?= $(PREFIX)/share/man
UNITDIR ?= /usr/lib/systemd/system
SBINDIR = $(PREFIX)/sbin
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share/tact

# As many jobs as processors, unless -j says otherwise.
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif

PROGRAMS = tact-milter tact-drafter tact
# Lower first: each may use those before it.
LAYERS = base message analysis value drafting store training
BELOW_MILTER = store drafting value analysis message base
BELOW_DRAFTER = $(BELOW_MILTER)
BELOW_TACT = training $(BELOW_MILTER)
RULES = $(DATADIR)/rules

# ---------------------------------------------------------------- toolchain
CC ?= cc
FUZZ_CC ?= clang
PKG_CONFIG ?= pkg-config
PACKAGES = glib-2.0 gmime-3.0 jansson libxml-2.0

# What pkg-config says is kept in a file that make itself brings up to date
# before anything else: on a bare machine the packages come first.
ifneq ($(filter-out help clean dist uninstall,$(or $(MAKECMDGOALS),all)),)
-include $(BUILD)/flags.mk
endif
# Where it will be installed is compiled in: another place makes all anew.
$(BUILD)/flags.mk: Makefile tests/deps.sh $(if $(filter-out $(BUILT_FOR),$(RULES) $(SYSCONFDIR)),FORCE)
	@tests/deps.sh build
	@mkdir -p $(@D)
	@{ echo "BUILT_FOR = $(RULES) $(SYSCONFDIR)"; \
	   echo "PKG_CFLAGS = $$($(PKG_CONFIG) --cflags $(PACKAGES) | sed 's/-I/-isystem /g')"; \
	   echo "LIBS = $$($(PKG_CONFIG) --libs $(PACKAGES)) -lm"; } >$@
LIBS_value = -lnlopt
LIBS_drafting = -lstemmer
LIBS_store = -lsqlite3 -lsodium $(LIBS_drafting) $(LIBS_value)
LIBS_tact-milter = -lmilter -lseccomp -lpthread $(LIBS_store)
LIBS_tact-drafter = -lcurl $(LIBS_store)
LIBS_training = -llinear $(LIBS_store)

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wpointer-arith -Wwrite-strings -Wformat=2 \
	-Wundef -Wvla -fno-common -Werror
# After the OpenSSF compiler options hardening guide; sanitizers bring their own.
HARDEN = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-clash-protection \
	-fstack-protector-strong -fcf-protection=full \
	$(if $(findstring clang,$(CC)),,-ftrivial-auto-var-init=zero) \
	-fno-delete-null-pointer-checks -fno-strict-overflow
HARDEN_LD = -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed

SANFLAGS_asan = -fsanitize=address,undefined -fno-sanitize-recover=all -O1 -g1
SANFLAGS_tsan = -fsanitize=thread -O1
SANFLAGS_coverage = --coverage -O0
SANFLAGS_ = $(HARDEN)

OPT = -O2 -g
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE $(OPT) -fPIE -fno-omit-frame-pointer \
	$(WARN) $(SANFLAGS_$(SAN)) $(CFLAGS)
CPPFLAGS_ALL = -Iinclude $(PKG_CFLAGS) -DTACT_VERSION='"$(VERSION)"' \
	-DTACT_RULES='"$(RULES)"' -DTACT_SYSCONFDIR='"$(SYSCONFDIR)"' \
	$(if $(FAULTS),-DTACT_FAULTS) $(CPPFLAGS)
LDFLAGS_ALL = $(HARDEN_LD) $(filter -fsanitize% --coverage,$(SANFLAGS_$(SAN))) $(LDFLAGS)

# V=1 shows whole commands.
ifneq ($(V),1)
says = @echo '  $(1) $@';
endif

# ------------------------------------------------------------------- objects
sources = $(wildcard milter/$(1)/*.c)
objects = $(patsubst %.c,$(BUILD)/%.o,$(call sources,$(1)))
libs = $(foreach l,$(1),$(BUILD)/lib$(l).a)
# The archives up to layer $(1), highest first, as the linker wants them.
upto = $(call reverse,$(call until,$(1),$(LAYERS)))
until = $(if $(2),$(firstword $(2)) $(if $(filter $(1),$(firstword $(2))),,$(call until,$(1),$(wordlist 2,99,$(2)))))
reverse = $(if $(1),$(call reverse,$(wordlist 2,99,$(1))) $(firstword $(1)))

BIN = $(PROGRAMS:%=$(BUILD)/bin/%)
TOOLS = $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c))
UNITS = $(foreach l,$(LAYERS) filter drafter,$(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/$(l)/test_*.c)))
FUZZERS = $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

all: need-build $(BIN)

$(BUILD)/tests/lib/%.o: CPPFLAGS += -Itests/lib
$(BUILD)/%.o: %.c $(BUILD)/flags.mk
	@mkdir -p $(@D)
	$(call says,CC)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

define layer_rules
$(BUILD)/lib$(1).a: $(call objects,$(1))
	@rm -f $$@
	$$(call says,AR)$$(AR) rcs $$@ $$^
$(BUILD)/unit/$(1)/%: tests/unit/$(1)/%.c $(BUILD)/libtest.a $(call libs,$(call upto,$(1))) Makefile
	@mkdir -p $$(@D)
	$$(call says,CC)$$(CC) $$(CPPFLAGS_ALL) -DRULES_DIR='"rules"' -Imilter/$(1) -Itests/lib $$(CFLAGS_ALL) -MMD -MP -MF $$@.d -o $$@ $$< \
		$$(LDFLAGS_ALL) $(BUILD)/libtest.a -Wl,--whole-archive $(BUILD)/lib$(1).a -Wl,--no-whole-archive \
		$(call libs,$(filter-out $(1),$(call upto,$(1)))) $$(LIBS) $$(LIBS_$(1))
endef
$(foreach l,$(LAYERS),$(eval $(call layer_rules,$(l))))

# Daemons: an archive too, but for main.o, so that unit tests can link it. What
# each may do is what it links: curl is the drafter's alone.
define daemon_rules
$(BUILD)/lib$(1).a: $(filter-out %/main.o,$(call objects,$(1)))
	@rm -f $$@
	$$(call says,AR)$$(AR) rcs $$@ $$^
$(BUILD)/unit/$(1)/%: tests/unit/$(1)/%.c $(BUILD)/libtest.a $(BUILD)/lib$(1).a $(call libs,$(3)) Makefile
	@mkdir -p $$(@D)
	$$(call says,CC)$$(CC) $$(CPPFLAGS_ALL) -DRULES_DIR='"rules"' -Imilter/$(1) -Itests/lib $$(CFLAGS_ALL) -MMD -MP -MF $$@.d -o $$@ $$< \
		$$(LDFLAGS_ALL) $(BUILD)/libtest.a $(BUILD)/lib$(1).a $(call libs,$(3)) $$(LIBS) $$(LIBS_$(2))
$(BUILD)/bin/$(2): $(call objects,$(1)) $(call libs,$(3))
	@mkdir -p $$(@D)
	$$(call says,CC)$$(CC) $$(CFLAGS_ALL) -o $$@ $$^ $$(LDFLAGS_ALL) $$(LIBS) $$(LIBS_$(2))
endef
$(eval $(call daemon_rules,filter,tact-milter,$(BELOW_MILTER)))
$(eval $(call daemon_rules,drafter,tact-drafter,$(BELOW_DRAFTER)))

$(BUILD)/bin/tact: $(call objects,cli) $(call libs,$(BELOW_TACT))
	@mkdir -p $(@D)
	$(call says,CC)$(CC) $(CFLAGS_ALL) -o $@ $^ $(LDFLAGS_ALL) $(LIBS) $(LIBS_training)

# What tests share: tests/lib/*.c.
$(BUILD)/libtest.a: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/lib/*.c))
	@rm -f $@
	$(call says,AR)$(AR) rcs $@ $^
$(BUILD)/tools/%: tests/tools/%.c $(BUILD)/libtest.a $(call libs,$(BELOW_TACT)) Makefile
	@mkdir -p $(@D)
	$(call says,CC)$(CC) $(CPPFLAGS_ALL) -Itests/lib $(CFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< \
		$(LDFLAGS_ALL) $(BUILD)/libtest.a $(TOOL_AR) $(call libs,$(BELOW_TACT)) $(LIBS) $(LIBS_training) $(TOOL_LIBS) -lpthread
$(BUILD)/tools/null-milter: TOOL_LIBS = -lmilter
$(BUILD)/tools/model-server: TOOL_LIBS = -lmicrohttpd
$(BUILD)/tools/model-server: | need-test # for its library, beside -j too
OF_DRAFTER = $(BUILD)/tools/deliver-try $(BUILD)/tools/llm-ask
$(OF_DRAFTER): $(BUILD)/libdrafter.a
$(OF_DRAFTER): CPPFLAGS += -Imilter/drafter
$(OF_DRAFTER): TOOL_AR = $(BUILD)/libdrafter.a
$(OF_DRAFTER): TOOL_LIBS = -lcurl
tools: $(TOOLS)
units: $(UNITS)
-include $(wildcard $(BUILD)/milter/*/*.d $(BUILD)/tests/lib/*.d $(BUILD)/unit/*/*.d $(BUILD)/tools/*.d $(BUILD)/fuzz/milter/*/*.d)

# --------------------------------------------------------------------- fuzz
# Sources are compiled anew with coverage; each target is one file of a parser.
FUZZFLAGS = -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
FUZZ_SRC = $(foreach l,$(LAYERS),$(call sources,$(l))) $(wildcard milter/filter/ipc.c milter/filter/parcel.c milter/filter/record.c)
FUZZ_OBJ = $(FUZZ_SRC:%.c=$(BUILD)/fuzz/%.o)
$(BUILD)/fuzz/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call says,CC)$(FUZZ_CC) $(CPPFLAGS_ALL) -std=c17 -D_GNU_SOURCE -O1 -g $(WARN) -fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all -MMD -MP -c -o $@ $<
$(BUILD)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ_OBJ)
	@mkdir -p $(@D)
	$(call says,CC)$(FUZZ_CC) $(CPPFLAGS_ALL) -DRULES_DIR='"rules"' -Imilter/filter -Imilter/drafter -std=c17 -D_GNU_SOURCE -O1 -g $(WARN) -Wno-missing-prototypes $(FUZZFLAGS) \
		-o $@ $^ $(LIBS) $(LIBS_training)
# The same targets without a fuzzer, for the seeds.
REPLAYS = $(FUZZERS:$(BUILD)/fuzz/%=$(BUILD)/replay/%)
$(BUILD)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(call libs,$(BELOW_TACT)) $(BUILD)/libfilter.a $(BUILD)/libdrafter.a
	@mkdir -p $(@D)
	$(call says,CC)$(CC) $(CPPFLAGS_ALL) -DRULES_DIR='"rules"' -Imilter/filter -Imilter/drafter $(CFLAGS_ALL) -Wno-missing-prototypes -o $@ tests/fuzz/$*.c tests/fuzz/replay.c \
		$(LDFLAGS_ALL) $(BUILD)/libfilter.a $(BUILD)/libdrafter.a $(call libs,$(BELOW_TACT)) $(LIBS) $(LIBS_training) $(LIBS_tact-milter)
replays: $(REPLAYS)
FUZZ_SECONDS ?= 600
fuzz: need-dev $(FUZZERS)
	tests/fuzz/run.sh $(BUILD)/fuzz $(FUZZ_SECONDS)

# -------------------------------------------------------------------- tests
check: need-test all tools
	+BUILD=$(BUILD) MAKE="$(MAKE)" tests/check.sh
# The model, from the corpus alone. Rules were written from the texts that are seen.
MODEL_SEEN = --seen 'train-*' --seen 'bank-*'
MODEL_FRESH = --only 'bank*' --only 'train-*'
MODEL_JUDGED = --only 'bank*' --only 'train3-*'
MODEL_CORPUS = $(sort $(wildcard rules/corpus/mails/*.jsonl))
MODEL = rules/models/findings.model
model: need-build $(BUILD)/bin/tact
	$(BUILD)/bin/tact train --config /dev/null --rules rules $(MODEL_SEEN) $(MODEL_FRESH) --output $(MODEL) $(MODEL_CORPUS)
model-check: need-build $(BUILD)/bin/tact
	@$(BUILD)/bin/tact train --config /dev/null --rules rules $(MODEL_SEEN) $(MODEL_JUDGED) --cross-validate 5 $(JSON) $(MODEL_CORPUS)
corpus-check: need-build $(BUILD)/tools/corpus-check
	BUILD=$(BUILD) tests/corpus.sh
e2e soak: need-test all tools units
	BUILD=$(BUILD) tests/$@/run.sh $(SOAK)
demo: need-demo all $(BUILD)/tools/smtp-send
	BUILD=$(BUILD) tests/demo/demo.sh
bench: need-test all tools
	for b in bench store drafts smtp; do BUILD=$(BUILD) tests/bench/$$b.sh || bad=1; done; [ -z "$$bad" ]
lint: need-dev all
	BUILD=$(BUILD) CC=$(CC) tests/lint/lint.sh
format: need-dev
	clang-format -i $$(git ls-files '*.c' '*.h' '*.def')
coverage: need-dev
	MAKE="$(MAKE)" tests/coverage.sh
# Files made from the source; lint fails when one is stale.
generated: all
	BUILD=$(BUILD) tests/lint/generated.sh --write

# --------------------------------------------------------------- dependencies
# As root the packages are installed; else what is missing is said.
need-build need-demo need-test need-dev: need-%:
	@tests/deps.sh $*
deps: need-dev

# ------------------------------------------------------------------- install
install: all
install uninstall:
	DESTDIR='$(DESTDIR)' BUILD='$(BUILD)' PREFIX='$(PREFIX)' SYSCONFDIR='$(SYSCONFDIR)' \
		MANDIR='$(MANDIR)' UNITDIR='$(UNITDIR)' etc/install.sh $@
dist:
	git archive --prefix=tact-$(VERSION)/ -o tact-$(VERSION).tar.gz HEAD
clean:
	rm -rf build

help:
	@echo 'make [all]      build the programs into $(BUILD)/bin'
	@echo 'make demo       a private Postfix, Dovecot and Tact: a dozen mails, tags and drafts'
	@echo 'make check      every test that needs no hour;  make soak  those that do'
	@echo 'make model      rules/models/findings.model;  make model-check  how good it is'
	@echo 'make corpus-check  the labelled corpus: well formed, nothing twice'
	@echo 'make e2e        only those with a real Postfix, Sendmail and Dovecot'
	@echo 'make lint       warnings, layers, sizes, banned calls, generated files'
	@echo 'make bench      speed beside an empty milter, as ratios'
	@echo 'make fuzz       each fuzz target for FUZZ_SECONDS ($(FUZZ_SECONDS))'
	@echo 'make coverage   line coverage of our own code'
	@echo 'make format     clang-format;  make generated  files made from the source'
	@echo 'make install    DESTDIR=$(DESTDIR) PREFIX=$(PREFIX); make uninstall'
	@echo 'make deps       install (as root) or name the Debian packages needed'
	@echo 'make dist       a source archive;  make clean'
	@echo 'SAN=asan|tsan|coverage  with that instrumentation, in build/SAN'

.PHONY: all check model model-check corpus-check e2e soak demo bench lint format coverage fuzz install uninstall \
	dist clean help tools units replays generated deps FORCE need-build need-demo need-test need-dev
.DELETE_ON_ERROR .SECONDARY:
