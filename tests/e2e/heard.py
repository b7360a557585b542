"""Reads the window over the accessibility bus, as a screen reader does, and fills in a table through it."""

import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 30
TABLE = "二、主动公开政府信息情况"
focused = []


def fail(what):
    sys.exit(f"没有做到：{what}")


def settle(seconds):
    """Lets the bus deliver what it has."""
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        while context.pending():
            context.iteration(False)
        time.sleep(0.01)


def await_(what, look):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = look()
        except GLib.Error:
            found = None
        if found:
            return found
        settle(0.05)
    return fail(what)


def below(node):
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child:
            yield child
            yield from below(child)


def table():
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        for node in below(desktop.get_child_at_index(number)):
            if node.get_role() == Atspi.Role.TABLE and node.get_name() == TABLE:
                return node
    return None


def press(*keys):
    subprocess.run(["xdotool", "key", "--delay", "60", *keys], check=True)


def says(cell, words):
    cell.clear_cache()
    return words in cell.get_description()


def has_focus(name):
    return focused and focused[-1] == name


def main():
    grid = await_("表在辅助功能总线上", table)
    cells = [node for node in below(grid) if node.get_role() == Atspi.Role.TABLE_CELL]
    names = [cell.get_name() for cell in cells]
    if len(cells) != 10 or len(set(names)) != 10 or not all("·" in name for name in names):
        fail(f"每格说出自己的行和列，实为{names}")
    for cell in cells:
        if "未填" not in cell.get_description():
            fail(f"“{cell.get_name()}”说出还没填，实为“{cell.get_description()}”")
    print("读屏：每格说出行、列、填了什么")

    listener = Atspi.EventListener.new(lambda event: focused.append(event.source.get_name()) if event.detail1 else None)
    listener.register("object:state-changed:focused")
    # The first cell has the keyboard from the start.
    cells[1].grab_focus()
    await_(f"焦点到“{names[1]}”时说出来", lambda: has_focus(names[1]))
    press("Right")
    await_(f"焦点到“{names[2]}”时说出来", lambda: has_focus(names[2]))
    print("读屏：焦点到哪一格，就说哪一格")

    for number, cell in enumerate(cells, 1):
        cell.grab_focus()
        await_(f"焦点到“{cell.get_name()}”时说出来", lambda: has_focus(cell.get_name()))
        press(*str(number), "Return")
        await_(f"“{cell.get_name()}”说出填了{number}", lambda: says(cell, f"填报为{number}"))
    # What is no number is said where it stands.
    cells[0].grab_focus()
    await_("焦点回到第一格", lambda: has_focus(names[0]))
    press("x", "Return")
    await_("说出哪里不对", lambda: says(cells[0], "不是数字"))
    cells[0].grab_focus()
    await_("焦点回到第一格", lambda: has_focus(names[0]))
    press("1", "Return")
    await_("改好就不再说", lambda: says(cells[0], "填报为1") and not says(cells[0], "不是数字"))
    print("读屏：填完一张表，读回的与填的一样")


main()
