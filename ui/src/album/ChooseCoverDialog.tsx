// Chooses the cover of an album: the S3Album of its own pictures, where a press chooses one.
import { type AlbumItem, S3Album } from "../components";
import type { PlaceRef } from "../host";
import { Button, Dialog } from "../kit";
import { placeName } from "../place";
import { words } from "../words";
import styles from "./ChooseCoverDialog.module.css";
import { isPicture } from "./useCover";
import { useCoverChoice, useKeepCover } from "./useCoverChoice";

export function ChooseCoverDialog({ place, onClose }: { place: PlaceRef; onClose: () => void }) {
  const { keep } = useKeepCover(place);
  const { forgetCover } = useCoverChoice(place, true)("folder");
  const { level, owner } = place.space;
  const { folder } = place;
  // What lies in folders below belongs to their own albums.
  const isOwn = (item: AlbumItem) => isPicture(item) && !item.path.slice(folder.length).includes("/");
  const choose = (item: AlbumItem) => {
    void keep(item);
    onClose();
  };
  const forget = () => {
    forgetCover?.();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={words.album.chooseCover(placeName(place))}
      footer={
        <>
          {forgetCover && <Button onPress={forget}>{words.album.newestAsCover}</Button>}
          <Button onPress={onClose}>{words.kit.cancel}</Button>
        </>
      }
    >
      <div className={styles.album}>
        <S3Album path={folder} level={level} identityId={owner ?? undefined} filter={isOwn} onClickItem={choose} />
      </div>
    </Dialog>
  );
}
