// Tells Apple keyboards from the rest.

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
