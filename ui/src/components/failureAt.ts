// Why an address of the host gives nothing: `<img>` does not say, so it is asked once more.
import { toFailure } from "../api";
import type { Failure } from "../host";

/** Null: it gives something by now. */
export async function failureAt(url: string): Promise<Failure | null> {
  try {
    const answer = await fetch(url);
    return answer.ok ? null : toFailure(await answer.json());
  } catch (thrown) {
    return toFailure(thrown);
  }
}
