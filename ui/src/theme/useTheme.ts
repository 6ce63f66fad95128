// Puts the chosen theme on the page. "system" follows the desktop, also while the window is open.
import { useEffect } from "react";
import type { Theme } from "../host";

const DARK = "(prefers-color-scheme: dark)";

/** Sets `data-theme` before the first paint, when no choice is known yet. */
export function paintSystemTheme(): void {
  paint(window.matchMedia(DARK).matches);
}

export function useTheme(theme: Theme): void {
  useEffect(() => {
    const system = window.matchMedia(DARK);
    const apply = () => paint(theme === "dark" || (theme === "system" && system.matches));
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [theme]);
}

function paint(dark: boolean): void {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}
