import type { Rect } from "../imaging/picture.ts";
import type { Verdict } from "./confirm-face.ts";
import type { Face, FoundFaces, RejectedFace } from "./face.ts";
import { boxOfRegion, type FaceRegion } from "./face-region.ts";
import { coveredArea01, sharedArea01 } from "./rectangles.ts";

/** Boxes that share more than this of their union show the same face. */
const SAME_FACE_01 = 0.35;

/** The faces met so far in one picture, each once. */
export class KnownFaces {
  readonly #faces: Face[] = [];
  readonly #rejected: RejectedFace[] = [];

  /** How many usable faces are at least this long, px of the picture. */
  countFrom(minSidePx: number): number {
    return this.#faces.filter(({ box }) => Math.max(box.width, box.height) >= minSidePx).length;
  }

  /** True when a proposal lies on a face that is usable or known to be too small; other views change nothing. */
  covers(proposal: FaceRegion): boolean {
    const box = boxOfRegion(proposal);
    const settled = [...this.#faces, ...this.#rejected.filter(({ why }) => why === "too-small")];
    return settled.some((known) => isSameFace(known.box, box));
  }

  /** Takes a verdict in, unless the face is known; of two views of one face the better landmarks stay. */
  add(verdict: Verdict): void {
    const { face, rejected } = verdict;
    if (face !== undefined) {
      const twin = this.#faces.findIndex((known) => isSameFace(known.box, face.box));
      if (twin < 0) this.#faces.push(face);
      else if (face.flag01 > this.#faces[twin]!.flag01) this.#faces[twin] = face;
    } else if (rejected !== undefined) {
      const twin = this.#rejected.findIndex((known) => isSameFace(known.box, rejected.box));
      if (twin < 0) this.#rejected.push(rejected);
      else if (rejected.score01 > this.#rejected[twin]!.score01) this.#rejected[twin] = rejected;
    }
  }

  /** Usable faces and, where none of them is, rejected ones; both by falling area. */
  summary(): FoundFaces {
    const rejected = this.#rejected.filter(
      ({ box }) => !this.#faces.some((face) => coveredArea01(face.box, box) > 0.5),
    );
    return { faces: this.#faces.toSorted(byArea), rejected: rejected.toSorted(byArea) };
  }
}

function isSameFace(p: Rect, q: Rect): boolean {
  return sharedArea01(p, q) > SAME_FACE_01;
}

function byArea(p: { readonly box: Rect }, q: { readonly box: Rect }): number {
  return q.box.width * q.box.height - p.box.width * p.box.height;
}
