// What a person can set, and how it is reached.
export { SettingsLayer } from "./SettingsLayer";
