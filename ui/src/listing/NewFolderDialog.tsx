// Asks for the name of a new folder. Rust decides what a name may be; its sentence stands under the field.
import { type FormEvent, useState } from "react";
import { useCommand } from "../api";
import { type PlaceRef, useHost } from "../host";
import { Button, Dialog, TextField } from "../kit";
import { placePath } from "../place";
import { words } from "../words";
import styles from "./NewFolderDialog.module.css";

export type NewFolderDialogProps = { place: PlaceRef; onClose: () => void };

export function NewFolderDialog({ place, onClose }: NewFolderDialogProps) {
  const host = useHost();
  const { busy, failure, run, clear } = useCommand();
  const [name, setName] = useState("");
  const empty = name.trim() === "";

  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (empty) return;
    const done = await run(() => host.commands.newFolder(place, name));
    if (done !== undefined) onClose();
  };

  return (
    <Dialog isOpen onClose={onClose} title={words.listing.newFolder}>
      <form className={styles.form} onSubmit={(event) => void create(event)}>
        <TextField
          autoFocus
          label={words.listing.newFolderName}
          help={words.listing.newFolderIn(placePath(place))}
          error={failure && [failure.message, failure.hint].join(" ").trim()}
          value={name}
          onChange={(value) => {
            setName(value);
            clear();
          }}
        />
        <div className={styles.buttons}>
          <Button onPress={onClose}>{words.listing.cancel}</Button>
          <Button type="submit" look="primary" isDisabled={busy || empty}>
            {words.listing.createFolder}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
