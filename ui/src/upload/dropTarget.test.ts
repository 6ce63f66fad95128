// A drop goes where the pointer is: the innermost element that says it takes drops.
import { describe, expect, it } from "vitest";
import type { PlaceRef } from "../host";
import { dropTarget, refusalOf, targetOf } from "./dropTarget";

const here: PlaceRef = { space: { level: "public", owner: null }, folder: "" };
const folder: PlaceRef = { ...here, folder: 'Site "visits" <b>/' };

function page() {
  const list = document.createElement("div");
  list.dataset.dropTarget = dropTarget(here);
  const row = document.createElement("div");
  row.dataset.dropTarget = dropTarget(folder);
  const name = document.createElement("span");
  row.append(name);
  list.append(row);
  return { list, row, name };
}

describe("a drop", () => {
  it("on a folder's name goes into the folder, beside it into the list's folder", () => {
    const { list, row, name } = page();
    expect(targetOf(name)).toEqual({ element: row, place: folder });
    expect(targetOf(list)).toEqual({ element: list, place: here });
  });

  it("outside of everything has no target", () => {
    expect(targetOf(document.createElement("div"))).toBeNull();
    expect(targetOf(null)).toBeNull();
  });

  it("is refused where nothing may be added", () => {
    const verbs = (write: boolean) => ({ get: true, list: true, write, delete: true });
    const info = { space: here.space, audience: "everyoneChanges", bucket: null } as const;
    expect(refusalOf({ ...info, access: "full", verbs: verbs(true) })).toBeNull();
    expect(refusalOf({ ...info, access: "full", verbs: verbs(false) })).toBe("readOnly");
    expect(refusalOf({ ...info, access: "readOnly", verbs: verbs(false) })).toBe("readOnly");
    expect(refusalOf({ ...info, access: "needsAccount", verbs: verbs(false) })).toBe("needsAccount");
  });
});
