import assert from "node:assert/strict";
import test from "node:test";
import { DEFAULT_FUSION_OPTIONS } from "../../../src/fusion/fusion-options.ts";
import { putPictures, takePictures } from "../../../src/workers/job-pictures.ts";
import type { WorkerJob } from "../../../src/workers/messages.ts";
import { AN_ORIGIN } from "../../support/result-origin.ts";

const picture = (text: string): Uint8Array => Buffer.from(text);
const RECT = { x: 1, y: 2, width: 3, height: 4 };

test("a job comes back whole, with one number for a picture that is used twice", () => {
  const [template, user, logo] = [picture("template"), picture("user"), picture("logo")];
  const job: WorkerJob = {
    encoding: "base64",
    request: {
      template,
      merges: [{ user, userFaceRect: RECT }, { user, templateFaceRect: RECT }, { user: template }],
      options: { ...DEFAULT_FUSION_OPTIONS, label: { image: logo, rect: RECT } },
      origin: AN_ORIGIN,
    },
  };
  const { outline, pictures } = takePictures(job);
  assert.deepEqual(pictures, [template, user, logo]);
  const back = putPictures(structuredClone(outline), pictures);
  assert.deepEqual(back, job);
  assert.equal(back.request.merges[0]!.user, back.request.merges[1]!.user);
});

for (const label of [undefined, {}, { rect: RECT }]) {
  test(`a label of ${JSON.stringify(label)} stays what it is`, () => {
    const options = { ...DEFAULT_FUSION_OPTIONS, label };
    const job: WorkerJob = {
      encoding: "bytes",
      request: {
        template: picture("t"),
        merges: [{ user: picture("u") }],
        options,
        origin: AN_ORIGIN,
      },
    };
    const { outline, pictures } = takePictures(job);
    assert.deepEqual(putPictures(structuredClone(outline), pictures), job);
  });
}
