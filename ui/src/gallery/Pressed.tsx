// Presses something in a component as soon as it is there, so that the state behind a press is seen.
import { type ReactNode, useEffect, useRef } from "react";

export type PressedProps = {
  /** CSS selectors of what is pressed, one after the other. */
  on: readonly string[];
  children: ReactNode;
};

export function Pressed({ on, children }: PressedProps) {
  const inside = useRef<HTMLDivElement>(null);
  const left = useRef([...on]);
  useEffect(() => {
    const press = () => {
      const [next] = left.current;
      const found = next === undefined ? null : inside.current?.querySelector<HTMLElement>(next);
      if (!found) return;
      left.current.shift();
      found.click();
      // What the press changes is drawn before the next one.
      setTimeout(press);
    };
    const observer = new MutationObserver(press);
    if (inside.current) observer.observe(inside.current, { childList: true, subtree: true });
    press();
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={inside} style={{ display: "contents" }}>
      {children}
    </div>
  );
}
