import type { Picture } from "../../src/imaging/picture.ts";

/** One user face and the template face it is to replace; meshes are x y z interleaved, px. */
export interface FacePair {
  readonly user: Picture;
  readonly userMesh: Float32Array;
  readonly templateMesh: Float32Array;
}

/** A simple known method that the product is measured against. */
export interface Baseline {
  readonly name: string;
  /** Returns a new picture; `triangles` are the mesh's corners by threes. */
  fuse(template: Picture, pairs: readonly FacePair[], triangles: ArrayLike<number>): Picture;
}

/** The template as it is: the zero of every identity measure. */
export const doNothing: Baseline = {
  name: "do-nothing",
  fuse: (template) => template,
};
