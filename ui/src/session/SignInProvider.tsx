// Lets any view ask for an account: opens the sign-in dialog at the wanted step.
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { SignInDialog } from "./SignInDialog";

export type SignInStart = "signIn" | "signUp" | "forgot";

type SignInValue = { open: (start: SignInStart) => void };

const SignInContext = createContext<SignInValue | null>(null);

export function SignInProvider({ children }: { children: ReactNode }) {
  const [start, setStart] = useState<SignInStart | null>(null);
  const value = useMemo(() => ({ open: setStart }), []);
  return (
    <SignInContext value={value}>
      {children}
      {start && <SignInDialog start={start} onClose={() => setStart(null)} />}
    </SignInContext>
  );
}

export function useSignIn(): SignInValue {
  const value = useContext(SignInContext);
  if (!value) throw new Error("useSignIn needs a SignInProvider above it");
  return value;
}
