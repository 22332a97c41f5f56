import type { Picture, Rect } from "../../imaging/picture.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import { clamp, smoothstep } from "../../imaging/scalar.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import type { FaceTopology } from "../face-topology.ts";
import { boundsOf, faceScale, type Mesh } from "../shape/measure-face.ts";
import { silhouetteEdges } from "../silhouette.ts";

/** Where each node of a coarse grid takes its colour from, relative to its own place. */
export interface BackgroundWarp {
  /** Whole-pixel region of the picture that may change. */
  readonly region: Rect;
  /** Pixels between nodes. */
  readonly stepPx: number;
  /** Displacements in px. */
  readonly dx: Plane;
  readonly dy: Plane;
}

/** Growth of the face's box, fall-off of the displacement, width of the ramp at the region's sides: over S. */
const MARGIN = 0.34;
const FALL_OFF = 0.11;
const RAMP = 0.11;
const SOFTNESS = 0.03;
const NODES_PER_FACE = 70;

/**
 * Bends the background so that it follows the face's outline: at the silhouette every pixel moves with the mesh, farther
 * away the displacement (inverse-distance weighted, Shepard 1968) fades out before the region ends.
 */
export function planBackgroundWarp(
  scene: { readonly templateMesh: Mesh; readonly targetMesh: Mesh; readonly picture: Picture },
  canvas: FaceCanvas,
  border: Plane,
  topology: FaceTopology,
): BackgroundWarp {
  const scale = faceScale(scene.targetMesh);
  const region = regionOf(scene, scale);
  const stepPx = Math.max(1, scale / NODES_PER_FACE);
  const width = Math.ceil(region.width / stepPx) + 2;
  const height = Math.ceil(region.height / stepPx) + 2;
  const dx = createPlane(width, height);
  const dy = createPlane(width, height);
  const anchors = silhouetteAnchors(scene, canvas, border, topology);
  const pull = new Float64Array(2);
  for (let i = 0; i < width * height; i++) {
    const x = region.x + (i % width) * stepPx;
    const y = region.y + Math.floor(i / width) * stepPx;
    const ramp = rampAt(x, y, region, { scale, picture: scene.picture });
    if (ramp === 0) continue;
    writePull(anchors, [x, y], scale, pull);
    dx.data[i] = pull[0]! * ramp;
    dy.data[i] = pull[1]! * ramp;
  }
  return { region, stepPx, dx, dy };
}

function regionOf(
  scene: { readonly templateMesh: Mesh; readonly targetMesh: Mesh; readonly picture: Picture },
  scale: number,
): Rect {
  const [a, b] = [boundsOf(scene.templateMesh), boundsOf(scene.targetMesh)];
  const margin = MARGIN * scale;
  const { width, height } = scene.picture;
  const x = clamp(Math.floor(Math.min(a.x, b.x) - margin), 0, width);
  const y = clamp(Math.floor(Math.min(a.y, b.y) - margin), 0, height);
  const right = Math.ceil(Math.max(a.x + a.width, b.x + b.width) + margin);
  const bottom = Math.ceil(Math.max(a.y + a.height, b.y + b.height) + margin);
  return { x, y, width: clamp(right, x, width) - x, height: clamp(bottom, y, height) - y };
}

/** Places of silhouette points and where their colours lie in the template: x y dx dy of each. */
type Anchors = Float64Array;

/** Points on edges between a front-facing triangle and none or a back-facing one, on the drawn face's border. */
function silhouetteAnchors(
  scene: { readonly templateMesh: Mesh; readonly targetMesh: Mesh },
  canvas: FaceCanvas,
  border: Plane,
  topology: FaceTopology,
): Anchors {
  const { targetMesh, templateMesh } = scene;
  const anchors: number[] = [];
  for (const i of new Set(silhouetteEdges(targetMesh, topology).flat())) {
    const x = targetMesh[3 * i]!;
    const y = targetMesh[3 * i + 1]!;
    const cx = clamp(Math.floor(x - canvas.area.x), 0, canvas.width - 1);
    const cy = clamp(Math.floor(y - canvas.area.y), 0, canvas.height - 1);
    // Contours inside the drawn face (the nose's, a hidden cheek's) do not touch the background.
    if (border.data[cy * canvas.width + cx]! > 3) continue;
    anchors.push(x, y, templateMesh[3 * i]! - x, templateMesh[3 * i + 1]! - y);
  }
  return Float64Array.from(anchors);
}

/** Writes the displacement at a place into `pull`. */
function writePull(
  anchors: Anchors,
  [x, y]: readonly [number, number],
  scale: number,
  pull: Float64Array,
): void {
  let sx = 0;
  let sy = 0;
  let total = 0;
  let nearest = Infinity;
  const soft = (SOFTNESS * scale) ** 2;
  for (let i = 0; i < anchors.length; i += 4) {
    const ax = anchors[i]! - x;
    const ay = anchors[i + 1]! - y;
    const squared = ax * ax + ay * ay;
    const spread = squared + soft;
    const weight = 1 / (spread * spread);
    sx += weight * anchors[i + 2]!;
    sy += weight * anchors[i + 3]!;
    total += weight;
    if (squared < nearest) nearest = squared;
  }
  const fade = total === 0 ? 0 : Math.exp(-nearest / (2 * (FALL_OFF * scale) ** 2)) / total;
  pull[0] = sx * fade;
  pull[1] = sy * fade;
}

/** 1 inside, falling to 0 at those sides of the region that are not the picture's own border. */
function rampAt(
  x: number,
  y: number,
  region: Rect,
  { scale, picture }: { scale: number; picture: Picture },
): number {
  const width = RAMP * scale;
  let ramp = 1;
  if (region.x > 0) ramp *= smoothstep(0, width, x - region.x);
  if (region.y > 0) ramp *= smoothstep(0, width, y - region.y);
  const right = region.x + region.width;
  const bottom = region.y + region.height;
  if (right < picture.width) ramp *= smoothstep(0, width, right - x);
  if (bottom < picture.height) ramp *= smoothstep(0, width, bottom - y);
  return ramp;
}
