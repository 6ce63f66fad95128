// Short news at the bottom that goes by itself: "Link copied", "3 items moved". Never for what needs an answer.
import { X } from "lucide-react";
import { useEffect } from "react";
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from "react-aria-components";
import { words } from "../words";
import { Button } from "./Button";
import styles from "./Toast.module.css";

export type ToastContents = {
  text: string;
  /** A second line in muted words. */
  hint?: string;
  tone?: "plain" | "bad";
  /** E.g. Undo. */
  action?: { label: string; run: () => void };
};

const queue = new ToastQueue<ToastContents>({ maxVisibleToasts: 3 });

/** Long enough to read, and to reach the button of one that has one. */
const SHOWN_FOR = 6_000;

export function toast(contents: ToastContents): void {
  queue.add(contents, { timeout: contents.tone === "bad" ? undefined : SHOWN_FOR });
}

/** Mounted once, at the end of the page. */
export function ToastRegion() {
  // News of a window that is gone is nobody's news.
  useEffect(() => () => queue.clear(), []);
  return (
    <AriaToastRegion queue={queue} aria-label={words.kit.news} className={styles.region}>
      {({ toast: item }) => (
        <AriaToast toast={item} className={`${styles.toast} ${item.content.tone === "bad" ? styles.bad : ""}`}>
          <ToastContent className={styles.content}>
            <Text slot="title">{item.content.text}</Text>
            {item.content.hint && (
              <Text slot="description" className={styles.hint}>
                {item.content.hint}
              </Text>
            )}
          </ToastContent>
          {item.content.action && (
            <Button
              look="link"
              onPress={() => {
                item.content.action?.run();
                queue.close(item.key);
              }}
            >
              {item.content.action.label}
            </Button>
          )}
          <AriaButton slot="close" aria-label={words.kit.close} className={styles.close}>
            <X />
          </AriaButton>
        </AriaToast>
      )}
    </AriaToastRegion>
  );
}
