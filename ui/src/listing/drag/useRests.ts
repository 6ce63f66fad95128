// Whether a drag waits over one target, as whoever expects the folder to open does: files from the desktop open what they rest on.
import { useEffect, useState } from "react";
import { dropTarget, type HoveredTarget, REST } from "../../upload";

export function useRests(target: HoveredTarget | null): boolean {
  const over = target && !target.refusal ? dropTarget(target.place) : null;
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(over), REST);
    return () => {
      clearTimeout(timer);
      setRested(null);
    };
  }, [over]);
  return over !== null && rested === over;
}
