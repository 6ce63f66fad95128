// "Connect to this storage?" — where it is and what it is called, before anything is sent there. Folders of this computer that
// its file names are opened only where the person says so.
import { useState } from "react";
import type { CommandRun } from "../api";
import type { ConnectionPreview } from "../host";
import { Banner, Button, Checkbox } from "../kit";
import { words } from "../words";
import formStyles from "./ConnectForm.module.css";
import { FailureNote } from "./FailureNote";
import { Page } from "./Page";
import styles from "./PreviewCard.module.css";
import { SetupTexts } from "./SetupTexts";

export type PreviewCardProps = {
  preview: ConnectionPreview;
  command: CommandRun;
  onConnect: (folders: boolean) => void;
  onBack: () => void;
};

export function PreviewCard({ preview, command, onConnect, onBack }: PreviewCardProps) {
  const [folders, setFolders] = useState(false);
  const facts = [
    [words.session.previewName, preview.name],
    [words.session.previewHost, preview.host],
    [words.session.previewRegion, preview.region],
    [words.session.previewBucket, preview.bucket],
    [words.session.previewAccess, accessWords(preview)],
  ];
  return (
    <Page title={words.session.previewTitle} compact onBack={onBack}>
      <div className={formStyles.card}>
        {command.failure && <FailureNote failure={command.failure} offers={false} />}
        {preview.alreadyConnected && <Banner tone="info">{words.session.previewAgain}</Banner>}
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name} className={styles.fact}>
              <dt>{name}</dt>
              <dd data-selectable>{value}</dd>
            </div>
          ))}
        </dl>
        {preview.folders.length > 0 && (
          <div className={styles.folders}>
            <p>{words.session.previewFolders}</p>
            <ul>
              {preview.folders.map(({ name, folder }) => (
                <li key={name}>{words.session.previewFolder(name, folder)}</li>
              ))}
            </ul>
            <Checkbox isSelected={folders} onChange={setFolders}>
              {words.session.previewOpenFolders}
            </Checkbox>
          </div>
        )}
        <div className={formStyles.buttons}>
          <Button onPress={onBack}>{words.kit.cancel}</Button>
          <Button look="primary" autoFocus isDisabled={command.busy} onPress={() => onConnect(folders)}>
            {words.session.connectNow}
          </Button>
        </div>
        <SetupTexts bucket={preview.bucket} />
      </div>
    </Page>
  );
}

function accessWords({ signIn, guests }: ConnectionPreview): string {
  if (!signIn) return words.session.previewGuestsOnly;
  return guests ? words.session.previewSignInAndGuests : words.session.previewSignInOnly;
}
