# Kuis Netralitas ASN. Dua perintah sudah cukup: make run dan make test.

HOST ?= 127.0.0.1
PORT ?= 8000
STAGE ?= live
SEED ?= 1
DEMO_OPEN ?=
LONG ?=
export HOST PORT DEMO_OPEN
export PIP_DISABLE_PIP_VERSION_CHECK = 1

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --quiet --no-input
DEMO := env -u QUIZ_DATABASE_URL QUIZ_INSTANCE=instance/demo $(PYTHON) -m quiz

.PHONY: help run demo test torture fix bench audit chromium

help:  ## daftar perintah ini
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | while IFS='	' read -r name words; do printf 'make %-8s %s\n' "$$name" "$$words"; done

run: .venv/.run  ## jalankan kuis; HOST=0.0.0.0 membukanya untuk jaringan aula, PORT=8000
	@$(PYTHON) -m quiz serve

demo: .venv/.run  ## peragaan dengan 50 orang rekaan; STAGE=before|open|live|over
	@case '$(HOST)' in 127.*|localhost|::1) ;; *) [ '$(DEMO_OPEN)' = 1 ] || { \
		echo 'Akun peragaan diketahui umum. Untuk membukanya di jaringan: make demo HOST=$(HOST) DEMO_OPEN=1' >&2; exit 1; } ;; esac
	@$(DEMO) demo --stage '$(STAGE)' --seed '$(SEED)'
	@$(DEMO) serve

test: .venv/.test chromium $(if $(LONG),nginx)  ## periksa gaya, tipe, lapisan, lalu semua uji; LONG=1 dengan uji panjang
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command(["--no-cache"])'
	$(PYTHON) -m deptry .
	$(PYTHON) -m djlint --quiet --lint templates
	$(PYTHON) -m pytest -n 3 --dist load --maxschedchunk 2 $(if $(LONG),-m '')

fix: .venv/.test  ## rapikan kode dan perbaiki yang dapat diperbaiki sendiri
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

bench: .venv/.test  ## ukur waktu dan berat
	$(PYTHON) -m bench

audit: .venv/.run  ## cari kelemahan yang diketahui pada paket (perlu internet)
	@[ -x .venv/audit/bin/python ] || $(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/python -m pip --quiet install pip-audit
	@.venv/audit/bin/python -m pip_audit --require-hashes --disable-pip -r requirements.lock

.PHONY: sbom
sbom: .venv/.run  ## tulis daftar paket beserta lisensinya ke sbom.cdx.json (CycloneDX)
	@[ -x .venv/audit/bin/python ] || $(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/python -m pip --quiet install cyclonedx-bom
	@$(PYTHON) -m venv --clear --without-pip .venv/sbom
	@$(PIP) --python .venv/sbom/bin/python install --require-hashes -r requirements.lock
	@.venv/audit/bin/python -m cyclonedx_py environment --pyproject pyproject.toml --mc-type application \
		--output-reproducible --output-format JSON --output-file sbom.cdx.json .venv/sbom/bin/python
	@echo 'sbom.cdx.json ditulis.'

.venv/.run: requirements.lock pyproject.toml
	@python=$$(for each in python3 python3.14 python3.13 python3.12 python3.11; do \
		"$$each" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done); \
	[ -n "$$python" ] || { echo 'Perlu Python 3.11 atau lebih baru dengan venv. Di Debian: sudo apt install python3 python3-venv' >&2; exit 1; }; \
	[ -x $(PYTHON) ] || { echo 'Menyiapkan .venv, sekali saja; beberapa menit pada jaringan lambat.'; "$$python" -m venv .venv; }
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.test: requirements-test.lock .venv/.run
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

# Without windows where it can be had: the same engine at half the cost.
chromium:
	@command -v chromium-headless-shell >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=10 update && \
		apt-get -qq install -y --no-install-recommends chromium-headless-shell && exit 0; fi; \
	for each in chromium chromium-browser google-chrome; do command -v "$$each" >/dev/null && exit 0; done; \
	echo 'Chromium tidak ditemukan; uji peramban dilewati. Pasang dengan: sudo apt install chromium-headless-shell'

# What the journey behind TLS runs; RUNLEVEL keeps Debian from starting it by itself.
.PHONY: nginx
nginx:
	@PATH="$$PATH:/usr/sbin"; command -v nginx >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=10 update && \
		RUNLEVEL=1 apt-get -qq install -y --no-install-recommends nginx-light && exit 0; fi; \
	echo 'nginx tidak ditemukan; uji di balik TLS dilewati. Pasang dengan: sudo apt install nginx-light'

.PHONY: torture
torture: .venv/.test  ## matikan server KILLS=200 kali pada tiap basis data, dan hitung yang hilang
	KILLS=$(or $(KILLS),200) $(PYTHON) -m pytest -s -m long tests/torture

.PHONY: fuzz
fuzz: .venv/.test  ## beri tiap pembaca dan formulir MUCH=2000 isian yang dirusak
	QUIZ_FUZZ=$(or $(MUCH),2000) $(PYTHON) -m pytest -m '' tests/exchange/test_mutations.py tests/web/test_hostile_fields.py tests/safety/test_spoilt_requests.py

.PHONY: pictures
pictures: .venv/.test chromium  ## ambil lagi gambar panduan dari peragaan
	QUIZ_PICTURES=docs/gambar $(PYTHON) -m pytest -m '' tests/e2e/test_pictures.py

.PHONY: mutants
mutants: .venv/.test  ## ubah kode sedikit demi sedikit: apakah uji menyadarinya? (berjam-jam)
	@[ -x .venv/mutants/bin/python ] || $(PYTHON) -m venv .venv/mutants
	@.venv/mutants/bin/python -m pip --quiet --no-input install --require-hashes -r requirements-test.lock
	@.venv/mutants/bin/python -m pip --quiet --no-input install 'mutmut>=3.8,<4'
	@PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 nice .venv/mutants/bin/mutmut run --max-children $(or $(AT_ONCE),2) $(ONLY)
	@.venv/mutants/bin/mutmut results --all true | $(PYTHON) -m bench.mutants

.PHONY: bundle
bundle: .venv/.run  ## folder untuk stik USB: memasang kuis tanpa internet, di Linux dan Windows
	@$(PYTHON) -m deploy.bundle
