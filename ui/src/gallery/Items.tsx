// S3Image and S3Text in every state.
import { useState } from "react";
import { S3Image, S3Text } from "../components";
import { givesNothing, NO_PICTURE, NOTES, QUAY, WAVES } from "./samples";
import { Specimen } from "./Specimen";
import { World } from "./World";

export function Items() {
  return (
    <>
      <Specimen name="S3Image">
        <S3Image imgKey={QUAY} alt="The quay" />
      </Specimen>
      <Specimen name="S3Image, selected">
        <S3Image imgKey={QUAY} alt="The quay, selected" selected />
      </Specimen>
      <Specimen name="S3Image, hidden">
        <S3Image imgKey={QUAY} alt="The quay, hidden" hidden />
      </Specimen>
      <Specimen name="S3Image, nothing yet">
        <S3Image src={WAVES} alt="Stands in for a picture" picker />
      </Specimen>
      <Specimen name="S3Image, translated and styled">
        <S3Image imgKey={QUAY} alt="Waves" translate={WAVES} style={{ borderRadius: "50%" }} />
      </Specimen>
      <Specimen name="S3Image, can't be shown">
        <S3Image imgKey={QUAY} alt="Broken" translate={NO_PICTURE} />
      </Specimen>
      <Specimen name="S3Text">
        <S3Text textKey={NOTES} />
      </Specimen>
      <Specimen name="S3Text, selected">
        <S3Text textKey={NOTES} selected translate="Said instead of it." />
      </Specimen>
      <Specimen name="S3Text, hidden">
        <S3Text textKey={NOTES} hidden />
      </Specimen>
      <World otherwise={givesNothing}>
        <Specimen name="S3Text, can't be read">
          <UnreadText />
        </Specimen>
      </World>
      <Specimen name="S3Text, body">
        <S3Text textKey="made/here.txt" body="Stored by this component, then read." />
      </Specimen>
      <Specimen name="S3Text, picker">
        <S3Text picker path="notes/" text="Pick a note." />
      </Specimen>
    </>
  );
}

/** A text that can't be read draws nothing; whoever uses it is told. */
function UnreadText() {
  const [told, setTold] = useState(false);
  return (
    <>
      <S3Text textKey={NOTES} onError={() => setTold(true)} />
      {told && <p role="alert">Nothing is drawn, and onError was told why.</p>}
    </>
  );
}
