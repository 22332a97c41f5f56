import type { PictureFormat, Rect } from "../imaging/picture.ts";

/** What a review can say of a material; the wire's numbers for these are in `actions/`. */
export const MATERIAL_STATES = [
  "in-review",
  "approved",
  "rejected",
  "appealed",
  "appeal-approved",
  "appeal-rejected",
  "machine-approved",
  "machine-rejected",
  "video-usable",
  "video-unusable",
  "role-not-in-video",
] as const;

/** One of {@link MATERIAL_STATES}. */
export type MaterialState = (typeof MATERIAL_STATES)[number];

/** A face of a material; found once, when the picture was imported. */
export interface MaterialFace {
  /** The material's id with `_1`, `_2` ... behind it, the largest face first. */
  readonly id: string;
  /** Whole px of the upright picture. */
  readonly box: Rect;
}

/** A picture that callers name instead of sending it. */
export interface Material {
  readonly id: string;
  /** The group it belongs to, which callers must name as well. */
  readonly activityId: string;
  readonly name: string;
  readonly state: MaterialState;
  /** The reviewer's words; empty when there are none. */
  readonly auditResult: string;
  readonly faces: readonly MaterialFace[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A material to be added. */
export interface NewMaterial {
  readonly picture: Uint8Array;
  readonly format: PictureFormat;
  readonly activityId: string;
  /** Own id, to keep the one that callers know from elsewhere; without it one is made. */
  readonly id?: string | undefined;
  /** Whose calls may use the activity; without it everybody's. Counts when the activity is new. */
  readonly accountId?: string | undefined;
  readonly name: string;
  readonly state: MaterialState;
  /** At least one, the largest first. */
  readonly faceBoxes: readonly Rect[];
}

/** A part of a list. */
export interface MaterialQuery {
  readonly activityId?: string | undefined;
  /** Most materials to return; -1 for all. */
  readonly limit: number;
  readonly offset: number;
}

/** Where pictures are kept that callers may name. Changes count from the next call on, in other processes too. */
export interface Materials extends AsyncDisposable {
  /**
   * Adds a material, and its activity when that is new. Throws `field-value-invalid` for ids that are malformed or
   * taken, and for an activity of another account.
   */
  add(material: NewMaterial): Promise<Material>;
  /** Tells whether there is such an activity that the account may use. */
  hasActivity(activityId: string, accountId: string): Promise<boolean>;
  /** Returns a material, or undefined when there is none of this id. */
  find(id: string): Promise<Material | undefined>;
  /** Returns materials, the oldest first, and how many there are without limit and offset. */
  list(
    query: MaterialQuery,
  ): Promise<{ readonly materials: readonly Material[]; readonly count: number }>;
  /** Returns the encoded picture as it was imported, or undefined when its file is gone. */
  readPicture(id: string): Promise<Uint8Array | undefined>;
  /** Sets state and the reviewer's words; undefined when there is no such material. */
  review(id: string, state: MaterialState, auditResult: string): Promise<Material | undefined>;
  /** Deletes a material and its picture; false when there was none. An activity stays when it becomes empty. */
  remove(id: string): Promise<boolean>;
}
