// A page without the frame: the jar, a title, a line below it. First run and the sign-in screen stand on it.
import { Amphora } from "lucide-react";
import { type ReactNode } from "react";
import { Button } from "../kit";
import { words } from "../words";
import styles from "./Page.module.css";

export type PageProps = {
  title: string;
  text?: string;
  children: ReactNode;
  onBack?: () => void;
  /** Long forms begin at the top; short pages stand in the middle. */
  compact?: boolean;
};

export function Page({ title, text, children, onBack, compact = false }: PageProps) {
  return (
    <main className={styles.page}>
      {onBack && (
        <div className={styles.back}>
          <Button look="quiet" onPress={onBack}>
            ‹ {words.session.onboardingBack}
          </Button>
        </div>
      )}
      <div className={styles.middle}>
        {!compact && <Amphora aria-hidden className={styles.jar} />}
        <h1 className={compact ? styles.smallTitle : styles.title}>{title}</h1>
        {text && <p className={styles.text}>{text}</p>}
        {children}
      </div>
    </main>
  );
}
