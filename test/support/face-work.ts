import { loadCanonicalFace } from "../../src/faces/canonical-face.ts";
import { createFaceTopology } from "../../src/fusion/face-topology.ts";
import { DEFAULT_FUSION_OPTIONS, type FusionOptions } from "../../src/fusion/fusion-options.ts";
import { FaceWork } from "../../src/fusion/fusion-work.ts";
import { PER_FACE } from "../../src/fusion/pipeline.ts";
import { tuneFusion } from "../../src/fusion/presets.ts";
import type { FoundPortrait } from "./found-faces.ts";
import { testModels } from "./test-models.ts";

/** Runs the steps of one face up to and including the named one, on copies of the pictures. */
export async function faceWorkUntil(
  lastStep: string,
  scene: { readonly template: FoundPortrait; readonly user: FoundPortrait },
  options: Partial<FusionOptions> = {},
): Promise<FaceWork> {
  const { template, user } = scene;
  const work = new FaceWork(
    { merge: 0, user: user.picture, userFace: user.face, templateFace: template.face },
    {
      tuning: tuneFusion({ ...DEFAULT_FUSION_OPTIONS, ...options }),
      topology: createFaceTopology(await loadCanonicalFace(await testModels())),
      picture: { ...template.picture, data: template.picture.data.slice() },
    },
  );
  for (const step of PER_FACE) {
    if (step.isNeeded?.(work) ?? true) await step.run(work);
    if (step.name === lastStep) return work;
  }
  throw new Error(`no step ${lastStep}`);
}

/** The same face in a picture whose pixels are computed from the old ones. */
export function repainted(
  { picture, face }: FoundPortrait,
  paint: (rgb: readonly [number, number, number], x: number, y: number) => readonly number[],
): FoundPortrait {
  const { width, height } = picture;
  const data = new Uint8Array(picture.data.length);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = picture.data.subarray(3 * i, 3 * i + 3) as unknown as [
      number,
      number,
      number,
    ];
    data.set(
      paint([r, g, b], i % width, Math.floor(i / width)).map((v) =>
        Math.min(255, Math.max(0, Math.round(v))),
      ),
      3 * i,
    );
  }
  return { face, picture: { width, height, data } };
}
