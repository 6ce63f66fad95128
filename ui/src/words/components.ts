// Words of ui/src/components.

export const components = {
  noPreview: (kind: string) => `${kind}, no preview`,
  albumFailed: "This album can’t be shown.",
};
