// The first screens: three choices, then the invitation, the file or the form, then "is this the right storage?".
import { useState } from "react";
import { words } from "../words";
import { ConnectForm } from "./ConnectForm";
import styles from "./FirstRun.module.css";
import { InvitationForm } from "./InvitationForm";
import { PreviewCard } from "./PreviewCard";
import { type FirstRunState, useFirstRun } from "./useFirstRun";
import { Welcome } from "./Welcome";

export function FirstRun() {
  const [isDragged, setDragged] = useState(false);
  const flow = useFirstRun(setDragged);
  return (
    <>
      <FirstRunScreen {...flow} />
      {isDragged && (
        <p role="status" className={styles.caption}>
          {words.session.dropHere}
        </p>
      )}
    </>
  );
}

function FirstRunScreen({ flow, screen, preview, onConnect, onLeavePreview }: FirstRunState) {
  if (preview) {
    return (
      <PreviewCard
        preview={preview}
        command={flow.command}
        onConnect={(folders) => onConnect(preview, folders)}
        onBack={onLeavePreview}
      />
    );
  }
  switch (screen) {
    case "welcome":
      return <Welcome flow={flow} />;
    case "invitation":
      return <InvitationForm flow={flow} />;
    case "connect":
      return <ConnectForm flow={flow} />;
  }
}
