import { describe, expect, it } from "vitest";
import { combinations, matches, type Shortcut, written } from "./shortcut";
import { actionIds, actionOf } from "./table";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe("a shortcut", () => {
  const newFolder: Shortcut = { key: "n", mod: true, shift: true };

  it("is Ctrl on most keyboards and ⌘ on Apple's", () => {
    expect(matches(press("N", { ctrlKey: true, shiftKey: true }), newFolder, false)).toBe(true);
    expect(matches(press("N", { metaKey: true, shiftKey: true }), newFolder, true)).toBe(true);
    expect(matches(press("N", { ctrlKey: true, shiftKey: true }), newFolder, true)).toBe(false);
  });

  it("does not fire with a key too many or too few", () => {
    expect(matches(press("n", { ctrlKey: true }), newFolder, false)).toBe(false);
    expect(matches(press("n", { ctrlKey: true, shiftKey: true, altKey: true }), newFolder, false)).toBe(false);
  });

  it("finds / also where the keyboard needs Shift for it", () => {
    expect(matches(press("/", { ctrlKey: true, shiftKey: true }), { key: "/", mod: true }, false)).toBe(true);
  });

  it("is written the way each keyboard writes it", () => {
    expect(written(newFolder, false)).toBe("Ctrl+Shift+N");
    expect(written(newFolder, true)).toBe("⇧⌘N");
    expect(written({ key: "arrowleft", alt: true }, false)).toBe("Alt+←");
  });
});

describe.each([
  ["most keyboards", false],
  ["Apple keyboards", true],
])("the action table on %s", (_name, isMac) => {
  it("gives no combination to two actions", () => {
    const all = actionIds.flatMap((id) => {
      const { shortcuts } = actionOf(id);
      return shortcuts ? combinations(shortcuts, isMac).map((shortcut) => written(shortcut, isMac)) : [];
    });
    expect(all).toEqual([...new Set(all)]);
  });
});
