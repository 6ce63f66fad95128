// Opens the settings for whoever asks: the account's menu, the shortcut.
import { useMemo, useState } from "react";
import { useControls } from "../actions";
import { SettingsDialog } from "./SettingsDialog";

export function SettingsLayer() {
  const [open, setOpen] = useState(false);
  const controls = useMemo(() => ({ open: () => setOpen(true) }), []);
  useControls("settings", controls);
  return open ? <SettingsDialog onClose={() => setOpen(false)} /> : null;
}
