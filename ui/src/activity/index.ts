// What this account did on this computer.
export { ActivityDialog } from "./ActivityDialog";
