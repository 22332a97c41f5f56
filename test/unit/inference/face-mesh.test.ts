import assert from "node:assert/strict";
import test from "node:test";
import { squareCropToPicture } from "../../../src/imaging/affine.ts";
import { MESH_SIDE_PX, openFaceMesh } from "../../../src/inference/face-mesh.ts";
import { createRandom } from "../../support/random.ts";
import { testModels } from "../../support/test-models.ts";

test("maps landmarks to the picture by the crop's matrix, depth by its scale", async () => {
  await using mesh = await openFaceMesh(await testModels());
  const random = createRandom(5);
  const planes = Float32Array.from({ length: 3 * MESH_SIDE_PX ** 2 }, random);
  const still = { a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0 };
  const own = await mesh.locate(planes, still);
  const m = squareCropToPicture([500, 400], MESH_SIDE_PX * 3, 0.5, MESH_SIDE_PX);
  const moved = await mesh.locate(planes, m);
  assert.equal(own.mesh.length, 478 * 3);
  assert.equal(moved.flag01, own.flag01);
  for (let i = 0; i < own.mesh.length; i += 3) {
    const [x, y, z] = own.mesh.subarray(i, i + 3);
    assert.ok(Math.abs(moved.mesh[i]! - (m.a * x! + m.b * y! + m.tx)) < 1e-3);
    assert.ok(Math.abs(moved.mesh[i + 1]! - (m.c * x! + m.d * y! + m.ty)) < 1e-3);
    assert.ok(Math.abs(moved.mesh[i + 2]! - 3 * z!) < 1e-3);
  }
});
