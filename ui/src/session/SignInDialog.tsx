// Signing in over whatever is on screen: for guests and for sessions that ended.
import { useAppState } from "../api";
import { Dialog } from "../kit";
import { SignInSteps, stepTitle } from "./SignInSteps";
import type { SignInStart } from "./SignInProvider";
import { useSignInFlow } from "./useSignInFlow";

export type SignInDialogProps = { start: SignInStart; onClose: () => void };

export function SignInDialog({ start, onClose }: SignInDialogProps) {
  const { storage } = useAppState();
  const flow = useSignInFlow(start, onClose);
  return (
    <Dialog isOpen onClose={onClose} title={stepTitle(flow.step, storage?.name ?? "")}>
      <SignInSteps flow={flow} />
    </Dialog>
  );
}
