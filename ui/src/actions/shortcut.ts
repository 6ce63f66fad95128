// Key combinations as data: how they are written for each keyboard, and whether a key press is one.

export type Shortcut = {
  /** KeyboardEvent.key, letters in lower case. */
  key: string;
  /** Ctrl, or ⌘ on Apple keyboards. */
  mod?: boolean;
  shift?: boolean;
  alt?: boolean;
};

/** One combination for all, or another one for Apple keyboards. */
export type Shortcuts = { keys: Shortcut[]; mac?: Shortcut[] };

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

const SIGNS: Record<string, string> = {
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  backspace: "Backspace",
  delete: "Delete",
  escape: "Escape",
  enter: "Enter",
};

export function combinations({ keys, mac }: Shortcuts, isMac: boolean): Shortcut[] {
  return isMac && mac ? mac : keys;
}

export function matches(press: KeyPress, shortcut: Shortcut, isMac: boolean): boolean {
  const { key, mod = false, shift = false, alt = false } = shortcut;
  const sign = !/^[a-z0-9]$|^[a-z]{2,}$|^f\d$/.test(key);
  return (
    press.key.toLowerCase() === key &&
    (isMac ? press.metaKey : press.ctrlKey) === mod &&
    (isMac ? press.ctrlKey : press.metaKey) === false &&
    // "/" needs Shift on many keyboards, so Shift is only compared for letters, digits and named keys.
    (sign || press.shiftKey === shift) &&
    press.altKey === alt
  );
}

/** "Ctrl+Shift+N", or "⇧⌘N" on Apple keyboards. */
export function written({ key, mod = false, shift = false, alt = false }: Shortcut, isMac: boolean): string {
  const name = SIGNS[key] ?? key.toUpperCase();
  if (isMac) return `${alt ? "⌥" : ""}${shift ? "⇧" : ""}${mod ? "⌘" : ""}${name}`;
  return [mod && "Ctrl", alt && "Alt", shift && "Shift", name].filter(Boolean).join("+");
}
