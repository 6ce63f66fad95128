// The letters that practice storage would have sent, newest first, with the code at hand.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { MailOpen } from "lucide-react";
import { useEffect } from "react";
import { queryKeys } from "../api";
import { useHost } from "../host";
import { Button, toast } from "../kit";
import { words } from "../words";
import styles from "./SandboxMail.module.css";

export type SandboxMailProps = {
  /** Fills a form in, as a panel of it; without it codes are copied, in a dialog that has the title. */
  onUse?: (code: string) => void;
};

export function SandboxMail({ onUse }: SandboxMailProps) {
  const host = useHost();
  const letters = useLetters();
  const copy = (code: string) =>
    void host.commands.copyText(code).then(() => toast({ text: words.session.codeCopied }));
  return (
    <section aria-label={words.session.sandboxMail} className={onUse ? styles.panel : undefined}>
      {onUse && (
        <h3 className={styles.title}>
          <MailOpen aria-hidden size={15} /> {words.session.sandboxMail}
        </h3>
      )}
      <p className={styles.text}>
        {letters.length > 0 ? words.session.sandboxMailText : words.session.sandboxMailEmpty}
      </p>
      <ul className={styles.letters}>
        {letters.slice(0, 3).map((letter) => (
          <li key={letter.id} className={styles.letter}>
            <span className={styles.about}>
              <span>{letter.subject}</span>
              <span className={styles.to}>{words.session.sandboxMailTo(letter.to)}</span>
            </span>
            <code data-selectable className={styles.code}>
              {letter.code}
            </code>
            <Button onPress={() => (onUse ? onUse(letter.code) : copy(letter.code))}>
              {onUse ? words.session.fillCode : words.session.copyCode}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useLetters() {
  const host = useHost();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: queryKeys.practiceMail,
    queryFn: () => host.commands.practiceMail(),
    staleTime: 0,
  });
  useEffect(
    () => host.listen("mailArrived", () => void client.invalidateQueries({ queryKey: queryKeys.practiceMail })),
    [host, client],
  );
  return data ?? [];
}
