// The window opened, but what is behind it did not answer: why, and another try.
import type { Failure } from "../host";
import { Button, EmptyState } from "../kit";
import { words } from "../words";

export type StartFailedProps = { failure: Failure; onRetry: () => void };

export function StartFailed({ failure, onRetry }: StartFailedProps) {
  return (
    <main>
      <EmptyState
        isFailure
        title={failure.message}
        hint={failure.hint}
        actions={
          <Button look="primary" onPress={onRetry}>
            {words.failure.tryAgain}
          </Button>
        }
      />
    </main>
  );
}
