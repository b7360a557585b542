#!/usr/bin/env bash
# The window as a screen reader has it, over the accessibility bus: what every cell says, where the focus goes, and a
# whole table filled in through it.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

bus() {
  gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus --method "$@"
}

start_bus
start_display
GSETTINGS_BACKEND=memory /usr/libexec/at-spi-bus-launcher --launch-immediately >"$desk/atspi.log" 2>&1 &
pids+=($!)
await '辅助功能总线' bus org.a11y.Bus.GetAddress
bus org.freedesktop.DBus.Properties.Set org.a11y.Status IsEnabled '<true>' >/dev/null
bus org.freedesktop.DBus.Properties.Set org.a11y.Status ScreenReaderEnabled '<true>' >/dev/null
"$NIANBAO" new --issuer 青石镇人民政府 --year 2025 -o "$draft" >/dev/null
open_window "$draft"
keys F6 F6
# The one of the system: others do not see its packages.
timeout 60 /usr/bin/python3 tests/e2e/heard.py
expect '读屏填的一张表存进了草稿' '1 2 10' eval "echo \$(saved \"' '.join(report['cells'][cell] for cell in \
  ['proactive.regulations@made', 'proactive.regulations@repealed', 'proactive.fees@amount'])\")"
