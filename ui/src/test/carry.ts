// Takes an element by the pointer and carries it over others. jsdom's pointer events know no coordinates, and no layout.
import { act, fireEvent } from "@testing-library/react";
import { afterEach } from "vitest";

/** Held while it is carried. */
export type Keys = { ctrlKey?: boolean; altKey?: boolean };

// What lies under the pointer is of one test.
afterEach(() => void Reflect.deleteProperty(document, "elementFromPoint"));

function point(type: string, at: number, keys: Keys = {}) {
  const event = new MouseEvent(type, { bubbles: true, cancelable: true, clientX: at, clientY: at, ...keys });
  return Object.assign(event, { isPrimary: true, pointerId: 1, pointerType: "mouse" });
}

/** Answers how to let go. */
export function carry(from: Element, over: Element, keys: Keys = {}) {
  document.elementFromPoint = () => over;
  fireEvent(from, point("pointerdown", 10, keys));
  for (const at of [30, 40]) fireEvent(document, point("pointermove", at, keys));
  return () => act(async () => void document.dispatchEvent(point("pointerup", 40, keys)));
}

/** Carries on what is carried. */
export function carryOn(over: Element) {
  for (const at of [50, 60]) carryTo(over, at);
}

/** Carries on to a point; {@link carry} ends at 40, 40. */
export function carryTo(over: Element, at: number) {
  document.elementFromPoint = () => over;
  fireEvent(document, point("pointermove", at));
}
