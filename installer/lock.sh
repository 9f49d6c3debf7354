#!/bin/sh
# Renews the lock files from pyproject.toml, keeping the versions that still fit.
# With arguments for uv, such as --upgrade or --upgrade-package pillow, it moves versions.
# Needs uv on PATH (`pip install uv`).
set -eu
cd "$(dirname "$0")/.."
export UV_CUSTOM_COMPILE_COMMAND="installer/lock.sh"
lock() {
    uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
        --default-index https://pypi.org/simple --no-config \
        --constraint installer/constraints.txt --output-file "$@" pyproject.toml
}
lock installer/requirements.lock "$@"
lock installer/requirements-test.lock --group test --constraint installer/requirements.lock "$@"
