#!/bin/sh
# Linux: find a Python that fits, and let pasang.py do the rest. Called as: sh jalankan.sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
for python in python3 python3.14 python3.13 python3.12 python3.11; do
	if "$python" -I -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null; then
		exec "$python" -I "$here/pasang.py" "$@"
	fi
done
cat >&2 <<'PESAN'
Python 3.11 sampai 3.14 tidak ditemukan di komputer ini.
Di Debian atau Ubuntu, selagi ada internet: sudo apt install python3
Sistem yang lebih tua dari Debian 12 atau Ubuntu 24.04 perlu diperbarui dulu.
PESAN
exit 1
