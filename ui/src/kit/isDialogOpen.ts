// Whether a dialog has the window. News in a corner has a dialog's role too, but is not modal and stops nothing.
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]:not([aria-modal="false"])') !== null;
}
