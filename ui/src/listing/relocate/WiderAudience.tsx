// "Move 3 items to Public?" – more people could see them there.
import { Button } from "../../kit";
import { AudienceQuestion, placePath } from "../../place";
import { words } from "../../words";
import type { Relocation, RelocationQuestion } from "./useRelocation";

export type WiderAudienceProps = Pick<Relocation, "busy" | "agree" | "takeBack"> & { question: RelocationQuestion };

export function WiderAudience({ question: { kind, to, audience, count }, busy, agree, takeBack }: WiderAudienceProps) {
  const place = placePath(to);
  return (
    <AudienceQuestion
      title={words.relocate[kind].question(count, place)}
      audience={audience}
      count={count}
      actions={
        <Button look="primary" isDisabled={busy} onPress={agree}>
          {words.relocate[kind].confirm(place)}
        </Button>
      }
      onCancel={takeBack}
    />
  );
}
