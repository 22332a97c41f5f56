import type { Affine } from "../imaging/affine.ts";
import type { ModelFiles } from "../models/ensure-models.ts";
import { IRIS_DEPTH_POINTS, REFINED_POINTS } from "./mesh-refinement.ts";
import { type NetworkOptions, type NetworkOutputs, openNetwork } from "./session.ts";

/** Side of the network's square input. */
export const MESH_SIDE_PX = 192;

/** Points that the base mesh gives; the irises' follow. */
const BASE_POINTS = 468;
const ALL_POINTS = 478;

/** What one pass over a face gives. */
export interface MeshPass {
  /** x y z of 478 points in picture px; z on the same scale, smaller = nearer. */
  readonly mesh: Float32Array;
  /** How sure the network is that this is a face it can follow, 0..1. */
  readonly flag01: number;
}

/** MediaPipe's attention mesh; runs one face at a time. */
export interface FaceMesh {
  /** Places landmarks in planes R G B of 0..1, {@link MESH_SIDE_PX} square, and maps them to the picture. */
  locate(planes: Float32Array, cropToPicture: Affine): Promise<MeshPass>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens the attention mesh: 468 points, of which lips and eyes are refined, and 5 for each iris. */
export async function openFaceMesh(
  models: ModelFiles,
  options: NetworkOptions = {},
): Promise<FaceMesh> {
  const network = await openNetwork(models.faceMesh, options);
  return {
    async locate(planes, cropToPicture) {
      const outputs = await network.run(planes, MESH_SIDE_PX, MESH_SIDE_PX);
      const mesh = assemble(outputs);
      mapToPicture(mesh, cropToPicture);
      return { mesh, flag01: 1 / (1 + Math.exp(-outputs("conv_faceflag")[0]!)) };
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

/** Lays the refined points over the base mesh: x and y are replaced, z stays; an iris takes its lids' mean z. */
function assemble(outputs: NetworkOutputs): Float32Array {
  const mesh = new Float32Array(ALL_POINTS * 3);
  mesh.set(outputs("output_mesh_identity").subarray(0, BASE_POINTS * 3));
  for (const [name, points] of Object.entries(REFINED_POINTS)) {
    const refined = outputs(name);
    for (const [i, point] of points.entries()) {
      mesh[point * 3] = refined[i * 2]!;
      mesh[point * 3 + 1] = refined[i * 2 + 1]!;
    }
  }
  for (const { iris, lids } of IRIS_DEPTH_POINTS) {
    const depth = lids.reduce((sum, point) => sum + mesh[point * 3 + 2]!, 0) / lids.length;
    for (const point of iris) mesh[point * 3 + 2] = depth;
  }
  return mesh;
}

function mapToPicture(mesh: Float32Array, m: Affine): void {
  const scale = Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
  for (let i = 0; i < mesh.length; i += 3) {
    const x = mesh[i]!;
    const y = mesh[i + 1]!;
    mesh[i] = m.a * x + m.b * y + m.tx;
    mesh[i + 1] = m.c * x + m.d * y + m.ty;
    mesh[i + 2]! *= scale;
  }
}
