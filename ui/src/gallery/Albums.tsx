// S3Album in every state.
import { S3Album } from "../components";
import { Pressed } from "./Pressed";
import { FOLDER, neverLists, storesNothing } from "./samples";
import { Specimen } from "./Specimen";
import { World } from "./World";

const TWO_TILES = ["[role=gridcell]:first-child", "[role=gridcell]:nth-child(2)"];

export function Albums() {
  return (
    <>
      <Specimen name="S3Album" wide>
        <S3Album path={FOLDER} picker pickerTitle="Add a photo" select />
      </Specimen>
      <Specimen name="S3Album, two selected" wide>
        <Pressed on={TWO_TILES}>
          <S3Album path="kinds/" sort="key" select />
        </Pressed>
      </Specimen>
      <Specimen name="S3Album, one of each kind, by name" wide>
        <S3Album path="kinds/" sort="key" />
      </Specimen>
      <Specimen name="S3Album, filtered" wide>
        <S3Album path="kinds/" filter={(item) => /jpg|txt/i.test(item.path)} />
      </Specimen>
      <Specimen name="S3Album, empty" wide>
        <S3Album path="nothing/" picker />
      </Specimen>
      <World otherwise={neverLists}>
        <Specimen name="S3Album, being read" wide>
          <S3Album path="kinds/" />
        </Specimen>
      </World>
      <World otherwise={storesNothing}>
        <Specimen name="S3Album, upload failed" wide>
          <Pressed on={["button"]}>
            <S3Album path="kinds/" picker />
          </Pressed>
        </Specimen>
      </World>
      <World scenario="error">
        <Specimen name="S3Album, refused" wide>
          <S3Album path="kinds/" />
        </Specimen>
      </World>
    </>
  );
}
