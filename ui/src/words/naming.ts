// Words of ui/src/naming.

export const naming = {
  title: "Names of uploads",
  on: "Name uploaded files by a rule",
  pattern: "Name",
  patternHelp: "{name} is the file’s own; also {stem}, {ext}, {date} and {counter}",
  spaces: "Spaces become _",
  exact: "Exact Amplify 1.x keys (signs are escaped: a%20b.png)",
  developer: "Show developer details",
  preview: "What names become",
  becomes: "becomes",
  examples: ["Quay wall 14.jpg", "notes.txt"] as readonly string[],
};
