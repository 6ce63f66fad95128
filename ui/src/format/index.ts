// How sizes, dates, names and kinds are written, everywhere the same. Pure.
export { dayHeading, dayId, exactDate, formatDate, formatTime, monthName, monthSpan, shortDay } from "./date";
export { kindOf } from "./kind";
export { splitName, visibleName } from "./name";
export { formatDuration, formatProgress, formatSize } from "./size";
