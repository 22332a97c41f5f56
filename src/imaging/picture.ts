/** A decoded picture: upright, sRGB, 8 bits a channel, interleaved RGB rows without padding. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** `width * height * 3` bytes, R G B, top row first. */
  readonly data: Uint8Array;
}

/** A rectangle in pixels of the upright picture; may be fractional. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The two picture formats that the API accepts and returns. */
export type PictureFormat = "jpeg" | "png";
