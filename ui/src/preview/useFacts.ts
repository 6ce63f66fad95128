// What the file of the picture on show tells: pixels, when it was taken, whether it says where. Null until it was looked at.
import { useEffect, useState } from "react";
import type { ListingState } from "../folder";
import { type PictureFacts, type Row, useHost } from "../host";

export function useFacts({ id, revision }: ListingState, row: Row | null, index: number): PictureFacts | null {
  const host = useHost();
  const [facts, setFacts] = useState<PictureFacts | null>(null);
  const rowId = row?.media === "image" ? row.id : null;

  useEffect(() => {
    if (id === null || rowId === null) return undefined;
    const take = (some: readonly PictureFacts[]) => {
      const mine = some.find((one) => one.id === rowId);
      if (mine) setFacts(mine);
    };
    const stop = host.listen("picturesLearned", (news) => news.listing === id && take(news.facts));
    // What cannot be known is not shown; the picture is.
    host.commands.pictureFacts(id, index, index + 1).then(take, () => null);
    return stop;
  }, [host, id, revision, rowId, index]);

  return facts?.id === rowId ? facts : null;
}
