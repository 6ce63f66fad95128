// The frame around everything.
export { Frame } from "./Frame";
