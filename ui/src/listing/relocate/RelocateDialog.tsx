// "Move 3 items to…": places and folders to walk through, who can read there, and one button for where one stands.
import { FolderPlus } from "lucide-react";
import { useState } from "react";
import { useAppState } from "../../api";
import type { PlaceInfo, PlaceRef, Selection } from "../../host";
import { Button, Dialog } from "../../kit";
import { AudienceChip, infoOf, placePath, samePlace } from "../../place";
import { FailureNote } from "../../session";
import { words } from "../../words";
import { NewFolderDialog } from "../NewFolderDialog";
import styles from "./RelocateDialog.module.css";
import { TargetCrumbs } from "./TargetCrumbs";
import { TargetFolders } from "./TargetFolders";
import { TargetPlaces } from "./TargetPlaces";
import { type RelocationKind, useRelocation } from "./useRelocation";
import { WiderAudience } from "./WiderAudience";

export type RelocateDialogProps = {
  kind: RelocationKind;
  selection: Selection;
  count: number;
  /** The name, where it is one row. */
  name: string | null;
  /** Where they are. */
  from: PlaceRef;
  onDone: () => void;
  onClose: () => void;
};

export function RelocateDialog({ kind, selection, count, name, from, onDone, onClose }: RelocateDialogProps) {
  const { places } = useAppState();
  const [target, setTarget] = useState<PlaceRef | null>(from);
  const [naming, setNaming] = useState(false);
  const { question, send, ...relocation } = useRelocation(() => {
    onDone();
    onClose();
  });
  const { busy, failure } = relocation;
  const said = words.relocate[kind];
  if (question) return <WiderAudience question={question} {...relocation} />;
  const info = target && infoOf(target.space, places);
  const reason = whyNot(target, info, from);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={name === null ? said.title(count) : said.titleOfOne(name)}
      footer={
        <>
          {info?.verbs.write && (
            <Button look="quiet" icon={<FolderPlus />} className={styles.newFolder} onPress={() => setNaming(true)}>
              {words.listing.newFolder}
            </Button>
          )}
          <Button onPress={onClose}>{words.relocate.cancel}</Button>
          <Button
            look="primary"
            isDisabled={busy || reason !== null}
            onPress={() => target && send({ kind, selection, from, to: target })}
          >
            {said.here}
          </Button>
        </>
      }
    >
      <div className={styles.where}>
        <TargetCrumbs target={target} onGo={setTarget} />
        {info && <AudienceChip audience={info.audience} short />}
      </div>
      {target ? (
        <TargetFolders key={placePath(target)} place={target} onGo={setTarget} />
      ) : (
        <TargetPlaces places={places} onGo={setTarget} />
      )}
      <p className={styles.reason} aria-live="polite">
        {reason}
      </p>
      {failure && <FailureNote failure={failure} />}
      {naming && target && <NewFolderDialog place={target} onClose={() => setNaming(false)} />}
    </Dialog>
  );
}

/** Null: it can go there. */
function whyNot(target: PlaceRef | null, info: PlaceInfo | null, from: PlaceRef): string | null {
  if (!target || !info) return words.relocate.choosePlace;
  if (!info.verbs.write) return words.upload.readOnly;
  return samePlace(target, from) ? words.relocate.alreadyHere : null;
}
