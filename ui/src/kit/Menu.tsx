// A menu under a button, or at a point of the page; both are made from the same list of items.
import { Check } from "lucide-react";
import { type ReactElement, type ReactNode, useRef } from "react";
import {
  Menu as AriaMenu,
  Header,
  Keyboard,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Text,
} from "react-aria-components";
import styles from "./Menu.module.css";

export type MenuEntry = {
  id: string;
  label: string;
  icon?: ReactNode;
  /** Shown at the right, e.g. "Ctrl+U". */
  shortcut?: string;
  isDisabled?: boolean;
  /** Destroys something: drawn in the colour of failure. */
  danger?: boolean;
  run: () => void;
};

export type MenuGroup = {
  id: string;
  /** Stands above the group. */
  label?: string;
  /** Names the group where it has no label. */
  ariaLabel?: string;
  /** The chosen entry of a group where one is chosen. */
  selected?: string;
  entries: MenuEntry[];
};

type MenuListProps = { label: string; groups: MenuGroup[] };

export type MenuProps = MenuListProps & {
  /** The button that opens it. */
  trigger: ReactElement;
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
};

export function Menu({ trigger, placement = "bottom end", label, groups }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={4} className={styles.popover}>
        <MenuList label={label} groups={groups} />
      </Popover>
    </MenuTrigger>
  );
}

export type ContextMenuProps = MenuListProps & {
  /** Where it opens, in CSS pixels of the page; null: closed. */
  at: { x: number; y: number } | null;
  onClose: () => void;
};

export function ContextMenu({ at, onClose, label, groups }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  if (!at) return null;
  return (
    <>
      <span ref={anchor} className={styles.anchor} style={{ left: at.x, top: at.y }} />
      <Popover
        triggerRef={anchor}
        isOpen
        onOpenChange={(open) => !open && onClose()}
        placement="bottom start"
        offset={0}
        className={styles.popover}
      >
        <MenuList label={label} groups={groups} onClose={onClose} />
      </Popover>
    </>
  );
}

function MenuList({ label, groups, onClose }: MenuListProps & { onClose?: () => void }) {
  return (
    <AriaMenu aria-label={label} className={styles.menu} onClose={onClose} autoFocus={onClose ? "first" : undefined}>
      {groups.map((group) => (
        <MenuSection
          key={group.id}
          className={styles.section}
          aria-label={group.label ? undefined : (group.ariaLabel ?? label)}
          selectionMode={group.selected === undefined ? "none" : "single"}
          selectedKeys={group.selected === undefined ? [] : [group.selected]}
        >
          {group.label && <Header className={styles.header}>{group.label}</Header>}
          {group.entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.isDisabled}
              onAction={entry.run}
              className={`${styles.item} ${entry.danger ? styles.danger : ""}`}
            >
              {({ isSelected }) => (
                <>
                  <span className={styles.icon}>{isSelected ? <Check /> : entry.icon}</span>
                  <Text slot="label" className={styles.label}>
                    {entry.label}
                  </Text>
                  {entry.shortcut && <Keyboard className={styles.keys}>{entry.shortcut}</Keyboard>}
                </>
              )}
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </AriaMenu>
  );
}
