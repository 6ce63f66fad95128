// Adds pictures or texts to an album: pick, look, name, upload. The names are the components' own: spaces become `_`.
import { useMemo, useRef, useState } from "react";
import { countsFiles, nameBy, PhotoPicker, StorageDefaults, TextPicker } from "../components";
import type { KeyFile } from "../components";
import type { NamingSettings, PlaceRef } from "../host";
import { Button, Dialog, toast } from "../kit";
import { isoDate, NamingFields, useNamingRule } from "../naming";
import { placeName, placePath } from "../place";
import { words } from "../words";

const PLAIN: NamingSettings = { on: false, pattern: "{name}", spaces: true, exact: false, next: 1 };
const WHOLE_WIDTH = { photoPicker: { maxWidth: "none" }, textPicker: { maxWidth: "none" } };
/** Names in the preview. */
const SHOWN = 3;

export type Added = "pictures" | "texts";

export type AddFilesDialogProps = { what: Added; place: PlaceRef; onClose: () => void };

export function AddFilesDialog({ what, place, onClose }: AddFilesDialogProps) {
  const { rule: saved, save } = useNamingRule();
  const [draft, setDraft] = useState<NamingSettings | null>(null);
  const [names, setNames] = useState<string[]>([]);
  const rule = draft ?? saved ?? PLAIN;
  const taken = useRef(0);
  const fileToKey = useMemo(() => {
    // A rule that is only the name leaves it to the components, exact or not.
    if (["", "{name}"].includes(rule.pattern.trim())) return undefined;
    return ({ name }: KeyFile) => {
      const number = rule.next + taken.current;
      if (countsFiles(rule)) taken.current += 1;
      return nameBy({ ...rule, spaces: true }, name, isoDate(Date.now()), number);
    };
  }, [rule]);
  const end = (stored: number) => {
    const kept = { ...rule, next: rule.next + taken.current };
    taken.current = 0;
    setDraft(kept);
    // A rule that can't be saved is only written again the next time.
    save(kept).catch(() => null);
    if (stored === 0) return;
    toast({ text: words.upload.arrived(stored, placePath(place)) });
    if (stored === names.length) onClose();
  };
  const { level, owner } = place.space;
  const Picker = what === "pictures" ? PhotoPicker : TextPicker;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={words.albumBar.addTitle[what](placeName(place))}
      footer={<Button onPress={onClose}>{words.albumBar.close}</Button>}
    >
      <StorageDefaults exactKeys={rule.exact}>
        <Picker
          preview
          theme={WHOLE_WIDTH}
          path={place.folder}
          storageOptions={{ level, identityId: owner ?? undefined, fileToKey }}
          onPickAll={(picks) => setNames(picks.map(({ name }) => name))}
          onUploadEnd={end}
        >
          {names.length > 0 && (
            <NamingFields rule={rule} onChange={setDraft} names={names.slice(0, SHOWN)} spacesAlways />
          )}
        </Picker>
      </StorageDefaults>
    </Dialog>
  );
}
