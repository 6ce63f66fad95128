"""The services of a desktop that a journey listens to: its file manager, its notices, its dock. Prints a line for each thing asked;
a line "click" on its input clicks the last notice."""

import sys

from gi.repository import Gio, GLib

FILES = """<node><interface name="org.freedesktop.FileManager1">
<method name="ShowItems"><arg type="as" direction="in"/><arg type="s" direction="in"/></method>
</interface></node>"""

NOTICES = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify">
<arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/>
</method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation">
<arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
</method>
</interface></node>"""

waiting = {"files", "notices"}
# Of the last notice.
actions = []


def say(*parts):
    print(*parts, flush=True)


def files(_connection, _sender, _path, _interface, _method, parameters, call):
    for uri in parameters.unpack()[0]:
        say("file", uri)
    call.return_value(None)


def notices(_connection, _sender, _path, _interface, method, parameters, call):
    if method == "Notify":
        _, _, _, summary, body, actions[:], *_ = parameters.unpack()
        say("notice", summary, body)
        call.return_value(GLib.Variant("(u)", (1,)))
    elif method == "GetCapabilities":
        call.return_value(GLib.Variant("(as)", (["actions", "body"],)))
    else:
        call.return_value(GLib.Variant("(ssss)", ("journey", "amphora", "1", "1.2")))


def click(*_):
    line = sys.stdin.readline()
    # As the specification has it: what has no default action does nothing when it is clicked.
    if line.strip() == "click" and "default" in actions[::2]:
        signal = GLib.Variant("(us)", (1, "default"))
        bus.emit_signal(None, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked", signal)
    return bool(line)


def own(name, path, xml, called, key):
    def acquired(connection, _name):
        connection.register_object(path, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0], called)

    def owned(_connection, _name):
        waiting.discard(key)
        if not waiting:
            say("ready")

    Gio.bus_own_name(Gio.BusType.SESSION, name, Gio.BusNameOwnerFlags.NONE, acquired, owned, None)


def dock(_connection, _sender, _path, _interface, _signal, parameters):
    entry, shown = parameters.unpack()
    say("dock", entry, "shown" if shown.get("progress-visible") else "gone", round(shown.get("progress", 0) * 100))


bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.signal_subscribe(None, "com.canonical.Unity.LauncherEntry", "Update", None, None, Gio.DBusSignalFlags.NONE, dock)
own("org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", FILES, files, "files")
own("org.freedesktop.Notifications", "/org/freedesktop/Notifications", NOTICES, notices, "notices")
GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, click)
GLib.MainLoop().run()
