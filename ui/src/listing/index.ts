// What fills the window under the toolbar: the folder as list or album, its faces, its dialogs, its status line.
export { FolderView } from "./FolderView";
