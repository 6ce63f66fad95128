// Every component in every state, for eyes and for the tests that compare pictures of it.
import { useTheme } from "../theme";
import { Albums } from "./Albums";
import styles from "./Gallery.module.css";
import { Items } from "./Items";
import { Pickers } from "./Pickers";
import { World } from "./World";

export function Gallery({ theme }: { theme: "light" | "dark" }) {
  useTheme(theme);
  return (
    <main className={styles.page}>
      <World>
        <div className={styles.specimens}>
          <Pickers />
          <Items />
          <Albums />
        </div>
      </World>
    </main>
  );
}
