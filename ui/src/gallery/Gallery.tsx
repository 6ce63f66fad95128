// Every component in every state, for eyes and for the tests that compare pictures of it.
import { PhotoPicker, Picker, S3Album, S3Image, S3Text, TextPicker } from "../components";
import { useTheme } from "../theme";
import styles from "./Gallery.module.css";
import { Specimen } from "./Specimen";
import { World } from "./World";

const WAVES =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='240' height='150'%3E%3Crect width='240' height='150' fill='%23a9c3cf'/%3E%3Cpath d='M0 90q60-40 120 0t120 0v60H0z' fill='%23417487'/%3E%3C/svg%3E";
const NOTHING = "data:image/png;base64,AAAA";
const FOLDER = "Field work/2026/";
const quay = `${FOLDER}Site visits/quay.jpg`;

export function Gallery({ theme }: { theme: "light" | "dark" }) {
  useTheme(theme);
  return (
    <main className={styles.page}>
      <World>
        <div className={styles.specimens}>
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
          <Specimen name="TextPicker">
            <TextPicker />
          </Specimen>
          <Specimen name="TextPicker, preview">
            <TextPicker preview previewText={"Quay wall, north side.\nTwo bolts missing at marker 14."} />
          </Specimen>
          <Specimen name="S3Image">
            <S3Image imgKey={quay} alt="The quay" />
          </Specimen>
          <Specimen name="S3Image, selected">
            <S3Image imgKey={quay} alt="The quay, selected" selected />
          </Specimen>
          <Specimen name="S3Image, hidden">
            <S3Image imgKey={quay} alt="The quay, hidden" hidden />
          </Specimen>
          <Specimen name="S3Image, nothing yet">
            <S3Image src={WAVES} alt="Stands in for a picture" picker />
          </Specimen>
          <Specimen name="S3Image, translated and styled">
            <S3Image imgKey={quay} alt="Waves" translate={WAVES} style={{ borderRadius: "50%" }} />
          </Specimen>
          <Specimen name="S3Image, can't be shown">
            <S3Image imgKey={quay} alt="Broken" translate={NOTHING} />
          </Specimen>
          <Specimen name="S3Text">
            <S3Text textKey={`${FOLDER}inspection-notes.md`} />
          </Specimen>
          <Specimen name="S3Text, selected">
            <S3Text textKey={`${FOLDER}inspection-notes.md`} selected translate="Said instead of it." />
          </Specimen>
          <Specimen name="S3Text, body">
            <S3Text textKey="made/here.txt" body="Stored by this component, then read." />
          </Specimen>
          <Specimen name="S3Text, picker">
            <S3Text picker path="notes/" text="Pick a note." />
          </Specimen>
          <Specimen name="S3Album" wide>
            <S3Album path={FOLDER} picker pickerTitle="Add a photo" select />
          </Specimen>
          <Specimen name="S3Album, one of each kind, by name" wide>
            <S3Album path="kinds/" sort="key" />
          </Specimen>
          <Specimen name="S3Album, filtered" wide>
            <S3Album path="kinds/" filter={(item) => /jpg|txt/i.test(item.path)} />
          </Specimen>
        </div>
      </World>
      <World scenario="error">
        <div className={styles.specimens}>
          <Specimen name="S3Album, refused" wide>
            <S3Album path="kinds/" />
          </Specimen>
        </div>
      </World>
    </main>
  );
}
