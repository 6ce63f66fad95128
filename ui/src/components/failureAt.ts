// Why an address of the host gives nothing: `<img>` does not say, so it is asked once more. Who tracks has noted it already, or will
// note it when the picture comes.
import { toFailure } from "../api";
import { type Failure, untracked } from "../host";

/** Null: it gives something by now. */
export async function failureAt(url: string): Promise<Failure | null> {
  try {
    const answer = await fetch(untracked(url));
    return answer.ok ? null : toFailure(await answer.json());
  } catch (thrown) {
    return toFailure(thrown);
  }
}
