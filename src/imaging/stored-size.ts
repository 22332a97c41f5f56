import type { ExifOrientation } from "./exif-orientation.ts";

/** Size of a picture as its file stores it, and how it is to be turned. */
export interface StoredSize {
  /** Pixels, at least 1, before the orientation is applied. */
  readonly width: number;
  readonly height: number;
  readonly orientation: ExifOrientation;
}
