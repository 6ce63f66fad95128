// F6 walks over the parts of the window: sidebar, toolbar, folder, transfers. Each is marked with `data-region`.

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), [tabindex="0"]';

/** 1: the next part that can take the focus; -1: the one before. Starts over at the ends. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((region) => entryOf(region));
  if (regions.length === 0) return;
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = here < 0 ? (step === 1 ? 0 : regions.length - 1) : (here + step + regions.length) % regions.length;
  const region = regions[next];
  if (region) entryOf(region)?.focus();
}

/** A list is entered at its row; everything else at its first control. */
function entryOf(region: HTMLElement): HTMLElement | null {
  return (
    region.querySelector<HTMLElement>('[role="grid"] [tabindex="0"], [role="grid"][tabindex="0"]') ??
    region.querySelector<HTMLElement>(FOCUSABLE)
  );
}
