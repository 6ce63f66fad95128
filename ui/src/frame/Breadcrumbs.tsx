// From the place down to this folder. In narrow windows the folders in between fold into a menu, which takes drops for the last of them.
import { ChevronRight } from "lucide-react";
import { Button, cutTitle, Menu } from "../kit";
import { type Crumb, usePlace } from "../place";
import { dropTarget } from "../upload";
import { words } from "../words";
import styles from "./Breadcrumbs.module.css";

export type BreadcrumbsProps = {
  /** More crumbs than this fold. */
  most: number;
};

export function Breadcrumbs({ most }: BreadcrumbsProps) {
  const { crumbs, go } = usePlace();
  const folded = crumbs.length > most ? crumbs.slice(1, crumbs.length - 1) : [];
  const shown = crumbs.filter((crumb) => !folded.includes(crumb));
  return (
    <nav aria-label={words.place.breadcrumbs} className={styles.nav}>
      <ol className={styles.list}>
        {shown.map((crumb, index) => {
          const last = index === shown.length - 1;
          return (
            <li
              key={crumb.place.folder}
              data-drop-target={dropTarget(crumb.place)}
              className={last ? `${styles.item} ${styles.last}` : styles.item}
            >
              {index > 0 && <ChevronRight aria-hidden size={14} className={styles.arrow} />}
              {last && folded.length > 0 && <Folded crumbs={folded} />}
              {last ? (
                <h1 aria-current="page" className={styles.here} onPointerEnter={cutTitle(crumb.name)}>
                  {crumb.name}
                </h1>
              ) : (
                <Button look="link" className={styles.crumb} onPress={() => go(crumb.place)}>
                  {crumb.name}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Folded({ crumbs }: { crumbs: Crumb[] }) {
  const { go } = usePlace();
  const last = crumbs.at(-1);
  return (
    <>
      <span className={styles.fold} data-drop-target={last && dropTarget(last.place)}>
        <Menu
          label={words.place.hiddenFolders}
          placement="bottom start"
          trigger={
            <Button look="link" className={styles.crumb} aria-label={words.place.hiddenFolders}>
              …
            </Button>
          }
          groups={[
            {
              id: "folders",
              entries: crumbs.map((crumb) => ({
                id: crumb.place.folder,
                label: crumb.name,
                run: () => go(crumb.place),
              })),
            },
          ]}
        />
      </span>
      <ChevronRight aria-hidden size={14} className={styles.arrow} />
    </>
  );
}
