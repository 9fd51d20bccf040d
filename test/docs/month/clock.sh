# The clock of the month in docs/office.md. Sourced at the root of the repository, in each terminal that takes part:
#   clock '2023-01-11 09:00'   from now on it is that moment, in China, for what runs on it; time goes on from there
#   on_clock npm start         runs on it; without libfaketime (Debian: faketime), on the machine's own clock
export FAKETIME_TIMESTAMP_FILE="${FAKETIME_TIMESTAMP_FILE:-/tmp/month/clock}" FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1
export PATH="$PWD/node_modules/.bin:$PATH" # the Node that comes as a dependency
mkdir -p "$(dirname "$FAKETIME_TIMESTAMP_FILE")"
FAKETIME_LIBRARY=$(find /usr/lib -path '*/faketime/libfaketimeMT.so.1' 2> /dev/null | head -n 1)
clock() { printf '%+d\n' $(($(date -d "$1 +0800" +%s) - $(date +%s))) > "$FAKETIME_TIMESTAMP_FILE"; }
# Only what is told to: libfaketime does not bear that bash, curl and jq all see it.
on_clock() { if [ -n "$FAKETIME_LIBRARY" ]; then LD_PRELOAD=$FAKETIME_LIBRARY "$@"; else "$@"; fi; }
