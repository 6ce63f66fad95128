// The two policies and the CORS rule, filled in with the bucket's name, for whoever runs the storage.
import { Copy } from "lucide-react";
import { toFailure } from "../api";
import { type SetupText, useHost } from "../host";
import { Button, toast } from "../kit";
import { words } from "../words";
import styles from "./SetupTexts.module.css";

export type SetupTextsProps = {
  /** null: not known yet; the texts then say where the name goes. */
  bucket: string | null;
};

export function SetupTexts({ bucket }: SetupTextsProps) {
  const host = useHost();
  const copy = (what: SetupText, done: string) =>
    void host.commands.copySetup(what, bucket).then(
      () => toast({ text: done }),
      (thrown: unknown) => {
        const { message, hint } = toFailure(thrown);
        toast({ text: message, hint, tone: "bad" });
      },
    );
  return (
    <section aria-label={words.session.setupTitle} className={styles.section}>
      <h2 className={styles.title}>{words.session.setupTitle}</h2>
      <p>{words.session.setupText}</p>
      <div className={styles.buttons}>
        <Button icon={<Copy />} onPress={() => copy("policies", words.session.policiesCopied)}>
          {words.session.copyPolicies}
        </Button>
        <Button icon={<Copy />} onPress={() => copy("cors", words.session.corsCopied)}>
          {words.session.copyCors}
        </Button>
      </div>
    </section>
  );
}
