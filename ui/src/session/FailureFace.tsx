// A whole view that could not be shown: why, and the button that helps. A place that needs an account asks for one.
import { CircleAlert, Info, Lock, TriangleAlert } from "lucide-react";
import { failureTable } from "../api";
import type { Failure } from "../host";
import { EmptyState } from "../kit";
import { AccountOffer } from "./AccountOffer";
import { OfferButton } from "./OfferButton";

const MARKS = { notice: Info, warning: TriangleAlert, error: CircleAlert };

export type FailureFaceProps = { failure: Failure; onRetry?: () => void };

export function FailureFace({ failure, onRetry }: FailureFaceProps) {
  if (failure.code === "needsAccount") {
    return <EmptyState icon={<Lock />} title={failure.message} actions={<AccountOffer />} />;
  }
  const { severity } = failureTable[failure.code];
  const Mark = MARKS[severity];
  return (
    <EmptyState
      isFailure
      icon={<Mark />}
      title={failure.message}
      hint={failure.hint}
      actions={<OfferButton failure={failure} onRetry={onRetry} look="plain" />}
    />
  );
}
