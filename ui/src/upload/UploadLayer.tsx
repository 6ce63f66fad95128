// Everything about uploads that stands above the page: the drop's outline and caption, and the questions. Draws nothing most of the time.
import { Upload } from "lucide-react";
import { useMemo } from "react";
import { useControls } from "../actions";
import { usePlace } from "../place";
import { words } from "../words";
import { ConflictDialog } from "./ConflictDialog";
import { ConsentDialog } from "./ConsentDialog";
import { DropCaption } from "./DropCaption";
import { useArrivals } from "./useArrivals";
import { useDesktopDrag } from "./useDesktopDrag";
import { useUpload } from "./useUpload";

export function UploadLayer() {
  const { place } = usePlace();
  const { offer, choose, question, answer } = useUpload();
  const hover = useDesktopDrag(offer);
  const controls = useMemo(() => ({ choose: (what: "files" | "folder") => choose(what, place) }), [choose, place]);
  useControls("upload", controls);
  useArrivals();
  return (
    <>
      <DropCaption
        isOn={hover !== null}
        target={hover?.target ?? null}
        icon={<Upload size={20} />}
        title={(where) => words.upload.caption(hover?.count ?? null, where)}
        noTarget={words.upload.noTarget}
      />
      {question && <ConsentDialog key={question.grant.id} question={question} onAnswer={answer} />}
      {!question && <ConflictDialog />}
    </>
  );
}
