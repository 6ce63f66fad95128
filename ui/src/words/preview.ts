// Words of ui/src/preview.
import type { PictureShot } from "../host";

export const preview = {
  title: (name: string) => `Preview of ${name}`,
  position: (at: number, count: number) => `${at.toLocaleString("en-GB")} of ${count.toLocaleString("en-GB")}`,
  previous: "Previous",
  next: "Next",
  close: "Close",
  download: "Download",
  nearer: "Zoom in",
  further: "Zoom out",
  play: "Play slideshow",
  pause: "Pause slideshow",
  playMoving: "Play",
  star: "Add to favourites",
  unstar: "Remove from favourites",
  filmstrip: "Files before and after",
  info: {
    title: "Information",
    name: "Name",
    taken: "Taken",
    camera: "Camera",
    lens: "Lens",
    settings: "Settings",
    set: ({ exposure, aperture, sensitivity, focalLength }: PictureShot) => {
      const said = [
        exposure && `${exposure} s`,
        aperture && `f/${aperture}`,
        sensitivity && `ISO ${sensitivity}`,
        focalLength && `${focalLength} mm`,
      ].filter(Boolean);
      return said.length === 0 ? null : said.join(" · ");
    },
    added: "Added",
    pixels: "Picture",
    size: (width: number, height: number) =>
      `${width.toLocaleString("en-GB")} × ${height.toLocaleString("en-GB")} pixels`,
    bytes: "Size",
    kind: "Kind",
    where: "Where",
    location: "Location",
    located: (has: boolean) => (has ? "The file tells where it was taken" : "Not in the file"),
  },
  loading: "Loading the picture…",
  original: {
    loading: "Loading the original…",
    tooLarge: "This picture is too large to show in full. You see a smaller copy; download it to see every pixel.",
    failed: "The original can’t be loaded. You see a smaller copy.",
  },
  noPreview: (kind: string) => `No preview of this kind of file (${kind}).`,
  unreadable: "This picture can’t be shown.",
  unreadableHint: "It may be damaged, or of a kind that Amphora doesn’t know. You can still download it.",
  textFailed: "This text can’t be shown.",
  cut: (shown: string, whole: string) => `The first ${shown} of ${whole}. Download it to see all.`,
};
