// The settings of transfers. Each change counts at once; what could not be set says so and goes back.
import { toFailure } from "../api";
import { Button, Dialog } from "../kit";
import { NamingSection } from "../naming";
import { FailureNote } from "../session";
import { words } from "../words";
import { FolderRules } from "./FolderRules";
import { PhotoRules } from "./PhotoRules";
import { RunRules } from "./RunRules";
import styles from "./SettingsDialog.module.css";
import { SpeedLimit } from "./SpeedLimit";
import { ThumbnailRules } from "./ThumbnailRules";
import { useTransferSettings } from "./useTransferSettings";

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { settings, failure, readFailure, change } = useTransferSettings();
  const trouble = failure ?? readFailure;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={words.settings.title}
      footer={
        <Button look="primary" onPress={onClose}>
          {words.settings.done}
        </Button>
      }
    >
      {settings && (
        <div className={styles.sections}>
          <section aria-labelledby="settings-speed" className={styles.section}>
            <h3 id="settings-speed" className={styles.heading}>
              {words.settings.speed}
            </h3>
            <SpeedLimit
              label={words.settings.limitUp}
              valueLabel={words.settings.limitUpValue}
              limit={settings.uploadLimit}
              onChange={(uploadLimit) => change({ uploadLimit })}
            />
            <SpeedLimit
              label={words.settings.limitDown}
              valueLabel={words.settings.limitDownValue}
              limit={settings.downloadLimit}
              onChange={(downloadLimit) => change({ downloadLimit })}
            />
            <p className={styles.help}>{words.settings.limitsShared}</p>
          </section>
          <RunRules settings={settings} onChange={change} />
          <PhotoRules settings={settings} onChange={change} />
          <ThumbnailRules settings={settings} onChange={change} />
          <FolderRules settings={settings} onChange={change} />
          <NamingSection />
        </div>
      )}
      {trouble !== null && <FailureNote failure={toFailure(trouble)} />}
    </Dialog>
  );
}
