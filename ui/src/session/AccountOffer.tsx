// [Sign in] [Create account], or the sentence that there are no accounts here.
import { useAppState } from "../api";
import { Button } from "../kit";
import { words } from "../words";
import { useSignIn } from "./SignInProvider";

export function AccountOffer() {
  const { storage } = useAppState();
  const signIn = useSignIn();
  if (!storage?.signIn) return words.session.noAccountsHere;
  return (
    <>
      <Button look="primary" onPress={() => signIn.open("signIn")}>
        {words.session.signIn}
      </Button>
      <Button onPress={() => signIn.open("signUp")}>{words.session.createAccount}</Button>
    </>
  );
}
