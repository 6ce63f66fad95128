// The one button that a failure offers, by the failure table.
import { failureTable } from "../api";
import { type Failure, useHost } from "../host";
import { Button, toast } from "../kit";
import { usePlace } from "../place";
import { words } from "../words";
import { useSignIn } from "./SignInProvider";

export type OfferButtonProps = { failure: Failure; onRetry?: () => void; look: "plain" | "link" };

export function OfferButton({ failure, onRetry, look }: OfferButtonProps) {
  const host = useHost();
  const signIn = useSignIn();
  const place = usePlace();
  const { offer } = failureTable[failure.code];

  switch (offer) {
    case "none":
      return null;
    case "tryAgain":
      return onRetry ? (
        <Button look={look} onPress={onRetry}>
          {words.failure.tryAgain}
        </Button>
      ) : null;
    case "signIn":
      return (
        <Button look={look} onPress={() => signIn.open("signIn")}>
          {words.failure.signIn}
        </Button>
      );
    case "forgotPassword":
      return (
        <Button look={look} onPress={() => signIn.open("forgot")}>
          {words.failure.forgotPassword}
        </Button>
      );
    case "goToPlace":
      return (
        <Button look={look} onPress={() => place.go({ space: { level: "private", owner: null }, folder: "" })}>
          {words.failure.goToPlace}
        </Button>
      );
    case "copyDetails":
      return (
        <Button
          look={look}
          onPress={() => {
            const text = [failure.message, failure.hint, failure.detail].filter(Boolean).join("\n");
            void host.commands.copyText(text).then(() => toast({ text: words.failure.detailsCopied }));
          }}
        >
          {failure.code === "accessDenied" ? words.failure.copyDetailsForThem : words.failure.copyDetails}
        </Button>
      );
  }
}
