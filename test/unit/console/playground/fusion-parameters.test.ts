import assert from "node:assert/strict";
import test from "node:test";
import { fusionParameters } from "../../../../console/src/pages/playground/fusion-parameters.ts";
import type { Box } from "../../../../console/src/pages/playground/picture.ts";
import {
  type Choices,
  type ChosenPicture,
  giveFreeFaces,
  USUAL_OPTIONS,
  type User,
} from "../../../../console/src/pages/playground/playground-state.ts";
import { FUSE_FACE_ULTRA_PARAMETERS } from "../../../../src/actions/fuse-face-ultra-parameters.ts";

const box = (x: number): Box => ({ x, y: 5, width: 40, height: 50 });

function aPicture(id: number, faces: readonly Box[]): ChosenPicture {
  const picture = { name: `p${id}`, url: "blob:x", base64: `base64-${id}`, bytes: 3 };
  return { id, picture, found: { width: 300, height: 200, faces }, fault: undefined };
}

function aUser(id: number, templateFace: number | undefined, faces = [box(1)]): User {
  return { ...aPicture(id, faces), face: 0, templateFace };
}

function choicesOf(template: ChosenPicture | undefined, users: readonly User[]): Choices {
  return { template, users, options: USUAL_OPTIONS, activeUser: undefined };
}

test("there are no parameters before there is a template and somebody with a face of it", () => {
  assert.equal(fusionParameters(choicesOf(undefined, [aUser(2, 0)])), undefined);
  assert.equal(
    fusionParameters(choicesOf(aPicture(1, [box(0)]), [aUser(2, undefined)])),
    undefined,
  );
});

test("rectangles are sent only where there is a choice, and fit the API's schema", () => {
  const template = aPicture(1, [box(10), box(100)]);
  const users = [aUser(2, 1), { ...aUser(3, 0, [box(7), box(-9)]), face: 1 }];
  const parameters = fusionParameters(choicesOf(template, users));
  FUSE_FACE_ULTRA_PARAMETERS.parse(parameters);
  assert.deepEqual(parameters?.MergeInfos, [
    { Image: "base64-2", TemplateFaceRect: { X: 100, Y: 5, Width: 40, Height: 50 } },
    {
      Image: "base64-3",
      InputImageFaceRect: { X: 0, Y: 5, Width: 40, Height: 50 },
      TemplateFaceRect: { X: 10, Y: 5, Width: 40, Height: 50 },
    },
  ]);
  const alone = fusionParameters(choicesOf(aPicture(1, [box(10)]), [aUser(2, 0)]));
  assert.deepEqual(alone?.MergeInfos, [{ Image: "base64-2" }]);
});

test("a change of the options holds for one call", () => {
  const now = choicesOf(aPicture(1, [box(10)]), [aUser(2, 0)]);
  assert.equal(fusionParameters(now, { modelType: 4 })?.SwapModelType, 4);
  assert.equal(fusionParameters(now)?.SwapModelType, 1);
});

test("people without a face get the largest one that is left, and nobody shares one", () => {
  const template = aPicture(1, [box(10), box(100), box(200)]);
  const users = [aUser(2, undefined), aUser(3, 0), aUser(4, 0), aUser(5, 9)];
  const given = giveFreeFaces(choicesOf(template, users)).users;
  assert.deepEqual(
    given.map(({ templateFace }) => templateFace),
    [1, 0, 2, undefined],
  );
});
