// First run, connecting, accounts, and what a failure offers.
export { AccountMenu } from "./AccountMenu";
export { SessionBanners } from "./Banners";
export { FailedItems } from "./FailedItems";
export { FailureFace } from "./FailureFace";
export { FailureNote } from "./FailureNote";
export { FirstRun } from "./FirstRun";
export { PracticeCorner } from "./PracticeCorner";
export { SignInProvider, useSignIn } from "./SignInProvider";
export { SignInScreen } from "./SignInScreen";
export { StartFailed } from "./StartFailed";
