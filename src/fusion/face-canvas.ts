import { type MeshRaster, rasterizeMesh } from "../imaging/mesh-raster.ts";
import { createMipmap, sampleUnderMesh, seenTriangles } from "../imaging/mesh-sampler.ts";
import type { Picture, Rect } from "../imaging/picture.ts";
import { clamp } from "../imaging/scalar.ts";
import { type FaceTopology, frontSignOf } from "./face-topology.ts";
import { boundsOf, faceScale, type Mesh } from "./shape/measure-face.ts";
import { cellSize, gridStep } from "./skin/grid-size.ts";
import { userVisibility } from "./visibility.ts";

/** The window of the template picture that one fused face covers, and the pictures brought into it. */
export interface FaceCanvas {
  /** Whole-pixel window of the template picture. */
  readonly area: Rect;
  readonly width: number;
  readonly height: number;
  /** Target mesh in window pixels. */
  readonly mesh: Mesh;
  readonly raster: MeshRaster;
  /** Y A B of the user's face in the target's geometry. */
  readonly user: Float32Array;
  /** The same from the user's mirrored half, at the pixels that the grid looks at only. */
  readonly mirrored: Float32Array;
  /** Draws the mirrored half at the chosen pixels (not 0). */
  readonly drawMirrored: (chosen: Uint8Array) => Float32Array;
  /** RGB levels 0..255 of the template's own face in the target's geometry. */
  readonly template: Float32Array;
  /** Per mesh point: how well the user's photo shows it, 0..1. */
  readonly visibility: Float32Array;
}

/** What is to be drawn: both pictures with their meshes, and the fused face's mesh in the template picture. */
export interface CanvasScene {
  readonly template: Picture;
  readonly templateMesh: Mesh;
  readonly user: Picture;
  readonly userMesh: Mesh;
  readonly targetMesh: Mesh;
  readonly topology: FaceTopology;
}

/** Draws the user's face, its mirror image and the template's own face in the target's geometry. */
export function drawFaceCanvas(scene: CanvasScene): FaceCanvas {
  const { topology } = scene;
  const area = windowOf(scene.targetMesh, scene.template);
  const mesh = shifted(scene.targetMesh, area);
  const frontSign = frontSignOf(scene.targetMesh, topology.triangles);
  const raster = rasterizeMesh(
    { points: mesh, triangles: topology.triangles, frontSign },
    area.width,
    area.height,
  );
  const own = createMipmap(scene.user, boundsOf(scene.userMesh));
  const given = createMipmap(scene.template, boundsOf(scene.templateMesh));
  const userMap = { points: scene.userMesh, stride: 3 } as const;
  const templateMap = { points: scene.templateMesh, stride: 3 } as const;
  const { triangles } = topology;
  const mirror = {
    triangles,
    map: { ...userMap, swap: topology.mirror },
    mipmap: own,
    drawn: mesh,
  };
  const seen = seenTriangles(raster, triangles.length / 3);
  const drawMirrored = (chosen: Uint8Array): Float32Array =>
    sampleUnderMesh(raster, mirror, { chosen, seen });
  return {
    area,
    width: area.width,
    height: area.height,
    mesh,
    raster,
    user: sampleUnderMesh(raster, { triangles, map: userMap, mipmap: own, drawn: mesh }, { seen }),
    mirrored: drawMirrored(gridPixels(mesh, area)),
    drawMirrored,
    template: sampleUnderMesh(
      raster,
      { triangles, map: templateMap, mipmap: given, drawn: mesh },
      { isRgb: true, seen },
    ),
    visibility: userVisibility(scene.userMesh, scene.user, topology),
  };
}

/** 1 for the pixels that the face grid looks at. */
function gridPixels(mesh: Mesh, { width, height }: Rect): Uint8Array {
  const step = gridStep(cellSize(faceScale(mesh)));
  const chosen = new Uint8Array(width * height);
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) chosen[y * width + x] = 1;
  }
  return chosen;
}

function windowOf(mesh: Mesh, picture: Picture): Rect {
  const box = boundsOf(mesh);
  const x = clamp(Math.floor(box.x), 0, picture.width - 1);
  const y = clamp(Math.floor(box.y), 0, picture.height - 1);
  const right = clamp(Math.ceil(box.x + box.width), x + 1, picture.width);
  const bottom = clamp(Math.ceil(box.y + box.height), y + 1, picture.height);
  return { x, y, width: right - x, height: bottom - y };
}

function shifted(mesh: Mesh, area: Rect): Mesh {
  return mesh.map((v, i) => (i % 3 === 0 ? v - area.x : i % 3 === 1 ? v - area.y : v));
}
