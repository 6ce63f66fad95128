// Runs the accessibility checker over the page. Colours are checked by theme/tokens.test.ts: jsdom computes none.
import axe from "axe-core";

/** One line per violation; empty when there is none. */
export async function accessibilityViolations(container: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(container, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} — ${node.html.slice(0, 160)}`),
  );
}
