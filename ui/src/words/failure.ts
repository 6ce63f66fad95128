// Words around failures. The sentence and its hint come from Rust; these are the buttons and the last resort.

export const failure = {
  tryAgain: "Try again",
  signIn: "Sign in",
  createAccount: "Create account",
  goToPlace: "Go to Private",
  forgotPassword: "Forgot password?",
  copyDetails: "Copy details",
  copyDetailsForThem: "Copy details for them",
  detailsCopied: "Details copied",
  andMore: (count: number) => `and ${count.toLocaleString("en-GB")} more`,
  unknownMessage: "Something went wrong that Amphora has no words for.",
  unknownHint: "Try again. If it stays, copy the details and report it.",
};
