// Where the user is, and who can read it.
export { AudienceChip } from "./AudienceChip";
export { AudienceMark } from "./AudienceMark";
export { AudienceQuestion } from "./AudienceQuestion";
export { type Crumb, crumbsOf, infoOf, placeName, placePath, sameSpace, samePlace, spaceId, spaceName } from "./place";
export { type FolderViewValue, PlaceProvider, type PlaceValue, useFolderView, usePlace } from "./PlaceProvider";
