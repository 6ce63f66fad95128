// How the picture on show was taken. Asked only while somebody looks at it; null until it is known, or where it cannot be.
import { useQuery } from "@tanstack/react-query";
import { type PictureShot, type Row, type SpaceRef, useHost } from "../host";
import { spaceId } from "../place";

export function useShot(space: SpaceRef, { key, etag, media }: Row): PictureShot | null {
  const { commands } = useHost();
  const { data } = useQuery({
    queryKey: ["pictureShot", spaceId(space), key, etag],
    enabled: media === "image",
    // What cannot be known is not shown; the picture is.
    queryFn: () => commands.pictureShot(space, key).catch(() => null),
    // Who signs in next is not to find it.
    gcTime: 0,
  });
  return data ?? null;
}
