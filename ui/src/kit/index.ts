// The parts that every screen is made of. React Aria underneath, tokens for the look, no knowledge of files.
export { Banner } from "./Banner";
export { Button } from "./Button";
export { Checkbox } from "./Checkbox";
export { ConfirmDialog } from "./ConfirmDialog";
export { cutTitle } from "./cutTitle";
export { Dialog } from "./Dialog";
export { EmptyState } from "./EmptyState";
export { IconButton } from "./IconButton";
export { IconToggle } from "./IconToggle";
export { ContextMenu, Menu, type MenuEntry, type MenuGroup } from "./Menu";
export { isDialogOpen } from "./isDialogOpen";
export { NumberField } from "./NumberField";
export { Popover } from "./Popover";
export { ProgressBar } from "./ProgressBar";
export { SegmentedControl } from "./SegmentedControl";
export { Skeleton } from "./Skeleton";
export { TextField } from "./TextField";
export { toast, ToastRegion } from "./Toast";
