// The door of transfers.

export function TransfersDrawer() {
  return null;
}
