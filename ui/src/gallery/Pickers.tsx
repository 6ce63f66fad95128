// Picker, PhotoPicker and TextPicker in every state.
import { PhotoPicker, Picker, TextPicker } from "../components";
import { Pressed } from "./Pressed";
import { DAY_PHOTO, LOCKED_PHOTO, NIGHT_PHOTO, NOTE, picks, WAVES } from "./samples";
import { Specimen } from "./Specimen";
import { World } from "./World";

const PICK = ["button"];

export function Pickers() {
  return (
    <>
      <Specimen name="Picker">
        <Picker />
      </Specimen>
      <Specimen name="Picker, primary">
        <Picker title="Choose a photo" primary />
      </Specimen>
      <Specimen name="PhotoPicker">
        <PhotoPicker />
      </Specimen>
      <Specimen name="PhotoPicker, preview">
        <PhotoPicker preview previewSrc={WAVES} headerText="Quay" headerHint="Any picture of it" />
      </Specimen>
      <Specimen name="PhotoPicker, preview hidden, with a path">
        <PhotoPicker preview="hidden" path="Summer/" />
      </Specimen>
      <World otherwise={picks(DAY_PHOTO)}>
        <Specimen name="PhotoPicker, picked">
          <Pressed on={PICK}>
            <PhotoPicker preview path="Summer/" />
          </Pressed>
        </Specimen>
        <Specimen name="PhotoPicker, picked, preview hidden">
          <Pressed on={PICK}>
            <PhotoPicker preview="hidden" path="Summer/" />
          </Pressed>
        </Specimen>
      </World>
      <World otherwise={picks(DAY_PHOTO, NIGHT_PHOTO)}>
        <Specimen name="PhotoPicker, several picked">
          <Pressed on={PICK}>
            <PhotoPicker preview />
          </Pressed>
        </Specimen>
      </World>
      <World otherwise={picks(LOCKED_PHOTO)}>
        <Specimen name="PhotoPicker, can't be read">
          <Pressed on={PICK}>
            <PhotoPicker preview />
          </Pressed>
        </Specimen>
      </World>
      <Specimen name="TextPicker">
        <TextPicker />
      </Specimen>
      <Specimen name="TextPicker, preview">
        <TextPicker preview previewText={"Quay wall, north side.\nTwo bolts missing at marker 14."} />
      </Specimen>
      <Specimen name="TextPicker, preview hidden">
        <TextPicker preview="hidden" previewText="There, but not drawn." />
      </Specimen>
      <World otherwise={picks(NOTE)}>
        <Specimen name="TextPicker, picked">
          <Pressed on={PICK}>
            <TextPicker preview />
          </Pressed>
        </Specimen>
      </World>
    </>
  );
}
