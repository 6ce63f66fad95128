// The question that a component asks before others see what it stores. A page of its own: it stands above everything else.
import { S3Text } from "../components";
import { useTheme } from "../theme";
import styles from "./Gallery.module.css";
import { World } from "./World";

export function Question({ theme }: { theme: "light" | "dark" }) {
  useTheme(theme);
  return (
    <main className={styles.page}>
      <World>
        <S3Text textKey="tide.txt" level="public" body="High water at 09:14." text="Not stored yet." />
      </World>
    </main>
  );
}
