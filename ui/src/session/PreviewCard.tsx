// "Connect to this storage?" — where it is and what it is called, before anything is sent there.
import type { CommandRun } from "../api";
import type { ConnectionPreview } from "../host";
import { Banner, Button } from "../kit";
import { words } from "../words";
import formStyles from "./ConnectForm.module.css";
import { FailureNote } from "./FailureNote";
import { Page } from "./Page";
import styles from "./PreviewCard.module.css";
import { SetupTexts } from "./SetupTexts";

export type PreviewCardProps = {
  preview: ConnectionPreview;
  command: CommandRun;
  onConnect: () => void;
  onBack: () => void;
};

export function PreviewCard({ preview, command, onConnect, onBack }: PreviewCardProps) {
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
        <div className={formStyles.buttons}>
          <Button onPress={onBack}>{words.kit.cancel}</Button>
          <Button look="primary" autoFocus isDisabled={command.busy} onPress={onConnect}>
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
