// Why an address of the host gives nothing: `<img>` does not say, so it is asked once more.
import { toFailure } from "../api";
import type { Failure } from "../host";

export async function failureAt(url: string): Promise<Failure> {
  try {
    const answer = await fetch(url);
    return toFailure(answer.ok ? new Error("the bytes came but are no picture") : await answer.json());
  } catch (thrown) {
    return toFailure(thrown);
  }
}
