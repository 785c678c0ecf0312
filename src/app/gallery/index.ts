// The door of the gallery.
export { GalleryButton } from "./GalleryButton.tsx";
