// Filters the folder on screen while typing. Where there is little room it is a mark that opens.
import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button as AriaButton, Input, SearchField } from "react-aria-components";
import { useSearchFocus } from "../actions";
import { IconButton } from "../kit";
import { placeName, useFolderView, usePlace } from "../place";
import { words } from "../words";
import styles from "./SearchBox.module.css";

export function SearchBox({ compact }: { compact: boolean }) {
  const { place } = usePlace();
  const { filter, setFilter } = useFolderView();
  const setSearchFocus = useSearchFocus();
  const input = useRef<HTMLInputElement>(null);
  const [opened, setOpened] = useState(false);
  const shown = !compact || opened || filter !== "";

  useEffect(() => {
    setSearchFocus(() => {
      setOpened(true);
      // The field may only be there after the next paint.
      requestAnimationFrame(() => input.current?.focus());
    });
    return () => setSearchFocus(null);
  }, [setSearchFocus]);

  if (!shown) {
    return (
      <IconButton label={words.frame.openSearch} onPress={() => setOpened(true)}>
        <Search />
      </IconButton>
    );
  }
  const label = words.frame.search(placeName(place));
  return (
    <SearchField
      aria-label={label}
      value={filter}
      onChange={setFilter}
      autoFocus={compact && opened}
      onBlur={() => setOpened(false)}
      className={compact ? `${styles.field} ${styles.compact}` : styles.field}
    >
      <Search aria-hidden size={15} className={styles.mark} />
      <Input ref={input} placeholder={label} className={styles.input} />
      {filter !== "" && (
        <AriaButton aria-label={words.frame.clearSearch} className={styles.clear}>
          <X size={14} />
        </AriaButton>
      )}
    </SearchField>
  );
}
