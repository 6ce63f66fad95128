// The situations that `?fake=` can ask for; several may be joined by commas.

const SCENARIOS = [
  "practice",
  "guest",
  "nobody",
  "team",
  "first-run",
  "error",
  "offline",
  "session-ended",
  "no-keychain",
  "empty",
  "big",
  "transfers",
  "conflict",
  "conflicts",
  "photos",
] as const;

export type Scenario = (typeof SCENARIOS)[number];

/** Unknown words are left out: a mistyped address still opens the app. */
export function parseScenarios(text: string): ReadonlySet<Scenario> {
  const asked = new Set(text.split(",").map((word) => word.trim()));
  return new Set(SCENARIOS.filter((scenario) => asked.has(scenario)));
}
