// How uploads are named: the rule, its fields with a live preview, its place in the settings.
export { NamingFields } from "./NamingFields";
export { NamingSection } from "./NamingSection";
export { isoDate } from "./today";
export { useNamingRule } from "./useNamingRule";
