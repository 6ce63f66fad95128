// How a picture lies in the lightbox: how close, and how far it was pushed aside. Pure.

export type Pose = {
  /** 1: the whole picture fits. */
  scale: number;
  /** Where its middle is, in pixels from the middle of the stage. */
  x: number;
  y: number;
};

export type Size = { width: number; height: number };

export const WHOLE: Pose = { scale: 1, x: 0, y: 0 };
export const CLOSEST = 8;
/** What a key or a button does; a wheel does less at once. */
export const STEP = 1.5;

/** The longest edge of a copy for the screen, in pixels; what has it may be larger in the storage. */
export const SCREEN_EDGE = 2560;

/** Closer or further by a factor; what is at the point, in pixels from the middle of the stage, stays there. */
export function zoomed(pose: Pose, factor: number, at: { x: number; y: number }, picture: Size, stage: Size): Pose {
  const scale = Math.min(CLOSEST, Math.max(1, pose.scale * factor));
  const change = scale / pose.scale;
  return within({ scale, x: at.x - (at.x - pose.x) * change, y: at.y - (at.y - pose.y) * change }, picture, stage);
}

export function pushed(pose: Pose, by: { x: number; y: number }, picture: Size, stage: Size): Pose {
  return within({ ...pose, x: pose.x + by.x, y: pose.y + by.y }, picture, stage);
}

/** The picture's size on a stage when all of it is seen; never larger than it is. */
export function fitted(picture: Size, stage: Size): Size {
  const share = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return { width: picture.width * share, height: picture.height * share };
}

/** Whether more pixels would show: it is a copy made smaller for the screen, and its pixels are drawn larger than the screen's. */
export function isBlurred(scale: number, picture: Size, stage: Size, density: number): boolean {
  const isCopy = Math.max(picture.width, picture.height) >= SCREEN_EDGE;
  return isCopy && fitted(picture, stage).width * scale * density > picture.width;
}

/** No emptier than it must be: a side that fits stays in the middle, a larger one covers the stage. */
function within(pose: Pose, picture: Size, stage: Size): Pose {
  const room = (size: number, whole: number) => Math.max(0, (size * pose.scale - whole) / 2);
  const [across, down] = [room(picture.width, stage.width), room(picture.height, stage.height)];
  return { scale: pose.scale, x: clamp(pose.x, across), y: clamp(pose.y, down) };
}

function clamp(value: number, most: number): number {
  // Without a way there is no minus zero either.
  return Math.min(most, Math.max(-most, value)) || 0;
}
