// The newest entries of the activity log, and all of them as a file.
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, Copy, Download, History, Link, List, Trash2, Upload } from "lucide-react";
import { useState } from "react";
import { queryKeys, toFailure } from "../api";
import { exactDate, formatDate } from "../format";
import { type ActivityEntry, useHost } from "../host";
import { Button, Dialog, EmptyState, toast } from "../kit";
import { words } from "../words";
import styles from "./ActivityDialog.module.css";

const NEWEST = 200;

const ICONS: Record<string, typeof Upload> = {
  upload: Upload,
  download: Download,
  delete: Trash2,
  copy: Copy,
  getSignedUrl: Link,
  list: List,
};

export type ActivityDialogProps = { isOpen: boolean; onClose: () => void };

export function ActivityDialog({ isOpen, onClose }: ActivityDialogProps) {
  const host = useHost();
  const save = () =>
    void host.commands.exportActivity().then(
      (saved) => saved && toast({ text: words.activity.exported }),
      (thrown: unknown) => {
        const failure = toFailure(thrown);
        toast({ text: failure.message, hint: failure.hint, tone: "bad" });
      },
    );
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={words.activity.title}
      size="medium"
      footer={
        <>
          <Button onPress={save}>{words.activity.export}</Button>
          <Button autoFocus look="primary" onPress={onClose}>
            {words.frame.done}
          </Button>
        </>
      }
    >
      <p className={styles.text}>{words.activity.text}</p>
      <Entries />
    </Dialog>
  );
}

function Entries() {
  const host = useHost();
  const [now] = useState(Date.now);
  const { data, error } = useQuery({
    queryKey: queryKeys.activity,
    queryFn: () => host.commands.activity(NEWEST),
    staleTime: 0,
    gcTime: 0,
  });
  if (error) {
    const failure = toFailure(error);
    return <EmptyState isFailure icon={<CircleAlert />} title={failure.message} hint={failure.hint} />;
  }
  if (data?.length === 0) return <EmptyState icon={<History />} title={words.activity.empty} />;
  return (
    <ul aria-label={words.activity.title} className={styles.entries}>
      {data?.map((entry) => (
        <Entry key={`${entry.at} ${entry.message}`} entry={entry} now={now} />
      ))}
    </ul>
  );
}

function Entry({ entry, now }: { entry: ActivityEntry; now: number }) {
  const Icon = entry.succeeded ? (ICONS[entry.event] ?? History) : CircleAlert;
  return (
    <li className={entry.succeeded ? styles.entry : `${styles.entry} ${styles.failed}`}>
      <Icon aria-hidden size={15} className={styles.icon} />
      <span data-selectable title={entry.message} className={styles.message}>
        {sentence(entry)}
      </span>
      <time dateTime={new Date(entry.at).toISOString()} title={exactDate(entry.at)} className={styles.at}>
        {formatDate(entry.at, now)}
      </time>
    </li>
  );
}

/** What people call it; entries of earlier versions and of what is not known here speak for themselves. */
function sentence({ event, key, succeeded, message }: ActivityEntry): string {
  const said = words.activity.did[event];
  if (!said || key === null) return message;
  return (succeeded ? said.done : said.failed)(key);
}
