// Hands what was picked or dropped to Rust, and asks first where others will see it. Holds grants, never paths.
import { useCallback, useState } from "react";
import { toFailure } from "../api";
import {
  type Audience,
  type Consent,
  type Grant,
  type PhotoChoices,
  type PhotosFound,
  type PlaceRef,
  type UploadChoice,
  useHost,
} from "../host";
import { toast } from "../kit";
import { noteUpload } from "./arrivals";

/** "Upload 12 items to Public?" */
export type ConsentQuestion = {
  grant: Grant;
  place: PlaceRef;
  /** Who would see them; null: that was agreed to before. */
  audience: Audience | null;
  count: number;
  /** The photos among them, and what is chosen for them; null: nothing is to be chosen. */
  photos: { found: PhotosFound; choices: PhotoChoices } | null;
};

export type ConsentAnswer =
  | { kind: "go"; dontAskAgain: boolean; photos: PhotoChoices | null }
  | { kind: "private" }
  | { kind: "cancel" };

export type Upload = {
  /** Files that were dropped there. */
  offer: (grant: Grant, place: PlaceRef) => void;
  /** Opens the system's dialog. */
  choose: (what: UploadChoice, place: PlaceRef) => void;
  question: ConsentQuestion | null;
  answer: (answer: ConsentAnswer) => void;
};

const PRIVATE: PlaceRef = { space: { level: "private", owner: null }, folder: "" };

export function useUpload(): Upload {
  const { commands } = useHost();
  const [question, setQuestion] = useState<ConsentQuestion | null>(null);

  const send = useCallback(
    async (grant: Grant, place: PlaceRef, consent: Consent, chosen: PhotoChoices | null = null) => {
      try {
        const answer = await commands.upload(grant.id, place, consent, chosen);
        if (answer.kind === "queued") return noteUpload(place);
        const { audience, count } = answer;
        const photos = answer.kind === "needsChoices" ? { found: answer.found, choices: answer.choices } : null;
        setQuestion({ grant, place, audience, count, photos });
      } catch (thrown) {
        tell(thrown);
      }
    },
    [commands],
  );

  const offer = useCallback((grant: Grant, place: PlaceRef) => void send(grant, place, "ask"), [send]);
  const choose = useCallback(
    async (what: UploadChoice, place: PlaceRef) => {
      try {
        const grant = await commands.chooseUpload(what);
        if (grant) await send(grant, place, "ask");
      } catch (thrown) {
        tell(thrown);
      }
    },
    [commands, send],
  );
  const answer = (given: ConsentAnswer) => {
    if (!question) return;
    setQuestion(null);
    const { grant, place } = question;
    if (given.kind === "go") void send(grant, place, given.dontAskAgain ? "always" : "once", given.photos);
    if (given.kind === "private") void send(grant, PRIVATE, "ask");
  };

  return { offer, choose: (what, place) => void choose(what, place), question, answer };
}

function tell(thrown: unknown): void {
  const { message, hint } = toFailure(thrown);
  toast({ text: message, hint, tone: "bad" });
}
