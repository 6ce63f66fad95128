// The door of theme: the token sheet and the hook that applies a choice.
import "@fontsource-variable/inter";
import "./tokens.css";
import "./base.css";

export { useReducedMotion } from "./useReducedMotion";
export { paintSystemTheme, useTheme } from "./useTheme";
