import { convexHull, type Outline } from "../../imaging/fill-polygon.ts";
import { smoothstep } from "../../imaging/scalar.ts";
import { softMaskOf } from "../../imaging/soft-mask.ts";
import { type FaceLayer, takeTemplate } from "../face-layer.ts";
import { LEFT_FOLD, MOUTH_CORNERS, RIGHT_FOLD } from "../face-regions.ts";
import { otherView } from "../light/follow-expression.ts";
import { laughterShare } from "../shape/laughter.ts";
import { faceScale, type Mesh } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** Share of the template's skin in folds and at the mouth's corners of a user who laughs where the template does not. */
const FOLDS = 0.45;
const CORNERS = 0.95;
/** Face lengths in px from which on creases can be told from the skin's texture, and wholly. */
const FACE_PX = { from: 50, to: 150 } as const;
/** Softness of the folds' edge, radius and softness of a corner, distance of its middle from the lips' end: over the face scale. */
const FOLD_EDGE = 0.02;
const CORNER = { radius: 0.034, edge: 0.012, outwards: 0.02 } as const;
/** Corners of the polygon that stands for a disc. */
const SIDES = 16;

/**
 * Takes out what a laugh leaves on a calm mouth and light alone cannot carry away: the thin creases from the nose to the mouth,
 * and the dark ends of a mouth that was wider.
 */
export function calmSmile(layer: FaceLayer, meshes: { user: Mesh; template: Mesh }): void {
  const { canvas } = layer;
  const scale = faceScale(canvas.mesh);
  const seen = smoothstep(FACE_PX.from, FACE_PX.to, scale);
  const laughter = seen * laughterShare(meshes.user, meshes.template);
  if (laughter === 0) return;
  // Seen from the same side, the user's creases are part of a smile that is still there.
  const folds = FOLDS * laughter * otherView(meshes.user, meshes.template);
  for (const points of folds > 0 ? [LEFT_FOLD, RIGHT_FOLD] : []) {
    const hull = convexHull(outlineOf(canvas.mesh, points));
    takeTemplate(layer, softMaskOf(hull, FOLD_EDGE * scale, canvas), folds);
  }
  const [[left], [right]] = MOUTH_CORNERS;
  for (const disc of [discBeside(canvas.mesh, left, right), discBeside(canvas.mesh, right, left)]) {
    takeTemplate(layer, softMaskOf(disc, CORNER.edge * scale, canvas), CORNERS * laughter);
  }
}

/** A disc that begins at a corner of the mouth and lies outside it. */
function discBeside(mesh: Mesh, corner: number, other: number): Outline {
  const scale = faceScale(mesh);
  const [x, y] = [mesh[3 * corner]!, mesh[3 * corner + 1]!];
  const [dx, dy] = [x - mesh[3 * other]!, y - mesh[3 * other + 1]!];
  const outwards = (CORNER.outwards * scale) / Math.max(Math.hypot(dx, dy), 1e-6);
  const radius = CORNER.radius * scale;
  return Float64Array.from({ length: 2 * SIDES }, (_, i) => {
    const angle = (2 * Math.PI * (i >> 1)) / SIDES;
    return i % 2 === 0
      ? x + outwards * dx + radius * Math.cos(angle)
      : y + outwards * dy + radius * Math.sin(angle);
  });
}
