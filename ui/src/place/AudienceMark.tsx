// The mark of who can read: lock, shield, globe, user. Never green: green is for finished and verified.
import { CircleHelp, Globe, Lock, Shield, User, Users } from "lucide-react";
import type { Audience } from "../host";
import styles from "./AudienceMark.module.css";

const MARKS = {
  onlyYou: Lock,
  everyoneReads: Shield,
  everyoneChanges: Globe,
  sharedReadOnly: User,
  groupChanges: Shield,
  groupOnly: Users,
  unknown: CircleHelp,
};

export type AudienceMarkProps = { audience: Audience; size?: number };

export function AudienceMark({ audience, size = 16 }: AudienceMarkProps) {
  const Mark = MARKS[audience];
  return <Mark aria-hidden size={size} strokeWidth={1.75} className={styles.mark} />;
}
