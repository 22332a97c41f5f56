import { convexHull, fillPolygon, scaleOutline } from "../../imaging/fill-polygon.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import * as region from "../face-regions.ts";
import type { FaceTopology } from "../face-topology.ts";
import type { FaceGrid } from "./face-grid.ts";

/** Named areas of the face on the grid, 1 inside and 0 outside. */
export interface FaceZones {
  /** Skin for certain: cheeks, nose, forehead and chin without any feature. */
  readonly sureSkin: Plane;
  /** Eyes, brows, lips and nostrils with a margin: never counted as skin. */
  readonly features: Plane;
  /** What shows no skin at all: eyeballs with lashes, brows, lips, nostrils. */
  readonly noSkin: Plane;
  /** The features without the margin, for detail that must stay crisp. */
  readonly tightFeatures: Plane;
  /** Where dark or coloured pixels are expected and no occluder may start: brows with eyes, lips, nostrils. */
  readonly exempt: Plane;
  /** The eyes with their brows, down to the cheekbones. */
  readonly eyesAndBrows: Plane;
  /** Eyes with a margin that takes in a glasses frame, and the bridge of the nose. */
  readonly glasses: Plane;
  /** Where rims and lenses of any glasses lie. */
  readonly aroundEyes: Plane;
  readonly eyeballs: Plane;
  /** Each brow with a margin. */
  readonly brows: readonly Plane[];
  readonly lips: Plane;
  readonly beard: Plane;
  readonly noseBridge: Plane;
  readonly cheeks: Plane;
}

/** Fills the zones from the grid's mesh. */
export function drawFaceZones(grid: FaceGrid, topology: FaceTopology): FaceZones {
  const draw = createZonePainter(grid, topology);
  const brows = [region.LEFT_BROW, region.RIGHT_BROW] as const;
  const eyes = region.EYES.map((eye) => eye.lids);
  const features = draw([
    ...eyes.map((points) => ({ points, factor: 1.45 })),
    ...brows.map((points) => ({ points, factor: 1.25, isHull: true })),
    { points: region.LIPS_OUTER, factor: 1.14 },
    { points: region.NOSTRILS, factor: 1.1 },
  ]);
  const noSkin = draw([
    ...eyes.map((points) => ({ points, factor: 1.15 })),
    ...brows.map((points) => ({ points, factor: 1.1, isHull: true })),
    { points: region.LIPS_OUTER, factor: 1.14 },
    { points: region.NOSTRILS, factor: 1.1 },
  ]);
  const tightFeatures = draw([
    ...eyes.map((points) => ({ points, factor: 1.4 })),
    ...brows.map((points) => ({ points, factor: 1.2, isHull: true })),
    { points: region.LIPS_OUTER, factor: 1.12 },
  ]);
  const sureSkin = draw([
    { points: region.LEFT_CHEEK, isMirroredToo: true },
    { points: region.NOSE },
    { points: region.FOREHEAD },
    { points: region.CHIN },
  ]);
  for (let i = 0; i < sureSkin.data.length; i++) {
    if (features.data[i] === 1 || grid.covered.data[i]! < 0.99) sureSkin.data[i] = 0;
  }
  return {
    sureSkin,
    features,
    noSkin,
    tightFeatures,
    exempt: draw([
      { points: region.LEFT_EYE_AND_BROW, isMirroredToo: true },
      { points: region.LIPS_OUTER, factor: 1.2 },
      { points: region.NOSTRILS, factor: 1.1 },
    ]),
    eyesAndBrows: draw([{ points: region.LEFT_EYE_AND_BROW, isMirroredToo: true }]),
    glasses: draw([
      ...eyes.map((points) => ({ points, factor: 1.5 })),
      { points: region.NOSE_BRIDGE },
    ]),
    aroundEyes: draw([{ points: region.LEFT_GLASS, isHull: true, isMirroredToo: true }]),
    brows: brows.map((points) => draw([{ points, factor: 1.25, isHull: true }])),
    eyeballs: draw(eyes.map((points) => ({ points }))),
    lips: draw([{ points: region.LIPS_OUTER }]),
    beard: draw([{ points: region.BEARD }]),
    noseBridge: draw([{ points: region.NOSE_BRIDGE }]),
    cheeks: draw([{ points: region.LEFT_CHEEK, isMirroredToo: true }]),
  };
}

interface ZoneShape {
  readonly points: readonly number[];
  /** Scaling about the centroid, 1 by default. */
  readonly factor?: number;
  readonly isHull?: boolean;
  readonly isMirroredToo?: boolean;
}

function createZonePainter(grid: FaceGrid, topology: FaceTopology) {
  return (shapes: readonly ZoneShape[]): Plane => {
    const plane = createPlane(grid.width, grid.height);
    for (const shape of shapes) {
      paint(plane, grid, shape.points, shape);
      if (shape.isMirroredToo) {
        const mirrored = shape.points.map((i) => topology.mirror[i]!);
        paint(plane, grid, mirrored, shape);
      }
    }
    return plane;
  };
}

function paint(plane: Plane, grid: FaceGrid, points: readonly number[], shape: ZoneShape): void {
  const corners = outlineOf(grid.mesh, points);
  const outline = shape.isHull ? convexHull(corners) : corners;
  fillPolygon(plane, scaleOutline(outline, shape.factor ?? 1));
}

/** x y x y … of mesh points. */
export function outlineOf(mesh: Float32Array, points: readonly number[]): Float64Array {
  return Float64Array.from(points.flatMap((i) => [mesh[3 * i]!, mesh[3 * i + 1]!]));
}
