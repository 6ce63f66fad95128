"""A small window that offers files to be dragged: python3 drag_source.py LEFT TOP PATH..."""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402


def main():
    left, top, *paths = sys.argv[1:]
    uris = [pathlib.Path(path).as_uri() for path in paths]
    # A popup: no window manager moves it, so that the pointer finds it.
    window = Gtk.Window(type=Gtk.WindowType.POPUP)
    window.set_default_size(120, 80)
    box = Gtk.EventBox()
    box.add(Gtk.Label(label=f"{len(uris)} to drag"))
    targets = [Gtk.TargetEntry.new("text/uri-list", 0, 0)]
    box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, targets, Gdk.DragAction.COPY)
    box.connect("drag-data-get", lambda _w, _c, data, _i, _t: data.set_uris(uris))
    box.connect("drag-end", lambda *_: Gtk.main_quit())
    window.add(box)
    window.connect("map-event", lambda *_: print("ready", flush=True))
    window.move(int(left), int(top))
    window.show_all()
    Gtk.main()


main()
