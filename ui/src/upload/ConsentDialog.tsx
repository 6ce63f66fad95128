// "Upload 12 items to Public?" Once per place and account, because more people will see the files than the person may expect;
// and whenever photos among them tell where they were taken, with what becomes of them.
import { useState } from "react";
import { Button, Checkbox } from "../kit";
import { AudienceQuestion, placePath, spaceName } from "../place";
import { words } from "../words";
import styles from "./ConsentDialog.module.css";
import { PhotoChoicesFields } from "./PhotoChoicesFields";
import type { ConsentAnswer, ConsentQuestion } from "./useUpload";
import { useAppState } from "../api";

export type ConsentDialogProps = {
  question: Omit<ConsentQuestion, "grant">;
  /** Private is another way out; not where a component shows what it puts. Default true. */
  offerPrivate?: boolean;
  /** Photos may be left out because they are there under another name. Default true. */
  offerSkip?: boolean;
  onAnswer: (answer: ConsentAnswer) => void;
};

export function ConsentDialog({ question, offerPrivate = true, offerSkip = true, onAnswer }: ConsentDialogProps) {
  const { place, audience, count, photos } = question;
  const { places } = useAppState();
  const [dontAskAgain, setDontAskAgain] = useState(false);
  const [choices, setChoices] = useState(photos?.choices ?? null);
  const space = spaceName(place.space);
  const hasPrivate =
    offerPrivate && places.some(({ space: { level }, access }) => level === "private" && access === "full");
  return (
    <AudienceQuestion
      title={words.upload.consentTitle(count, placePath(place))}
      audience={audience}
      count={count}
      actions={
        <>
          {hasPrivate && <Button onPress={() => onAnswer({ kind: "private" })}>{words.upload.consentPrivate}</Button>}
          <Button look="primary" onPress={() => onAnswer({ kind: "go", dontAskAgain, photos: choices })}>
            {words.upload.consentConfirm(space)}
          </Button>
        </>
      }
      onCancel={() => onAnswer({ kind: "cancel" })}
    >
      {photos && choices && (
        <PhotoChoicesFields found={photos.found} choices={choices} offerSkip={offerSkip} onChange={setChoices} />
      )}
      <Checkbox isSelected={dontAskAgain} onChange={setDontAskAgain}>
        {words.upload.dontAskAgain}
      </Checkbox>
      {photos && dontAskAgain && <p className={styles.help}>{words.upload.choicesStay}</p>}
    </AudienceQuestion>
  );
}
