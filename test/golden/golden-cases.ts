import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createFusionEngine, type FusionEngine } from "../../src/fusion/fuse.ts";
import { DEFAULT_FUSION_OPTIONS, type ModelType } from "../../src/fusion/fusion-options.ts";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { aPortrait, type Sitter } from "../support/portraits.ts";
import { AN_ORIGIN } from "../support/result-origin.ts";
import { TEST_MODELS_DIR } from "../support/test-models.ts";
import { type Signature, signatureOf } from "./signature.ts";

/** One fusion whose look is kept. */
export interface GoldenCase {
  readonly name: string;
  readonly user: Sitter;
  readonly template: Sitter;
  readonly modelType: ModelType;
  /** `MpRadio`; the default's smoothing is too little for a signature to miss it. */
  readonly smoothStrength?: number;
}

const PAIRS: readonly (readonly [Sitter, Sitter])[] = [
  ["calm", "smiling"],
  ["smiling", "eyesClosed"],
  ["speaking", "whiteTeeth"],
];
const TYPES: readonly ModelType[] = [1, 2, 4, 5];

/** All cases, by name. */
export const GOLDEN_CASES: readonly GoldenCase[] = PAIRS.flatMap(([user, template]) => [
  ...TYPES.map((modelType) => ({
    name: `${user} in ${template}, type ${modelType}`,
    ...{ user, template, modelType },
  })),
  {
    name: `${user} in ${template}, type 1, smoothed`,
    ...{ user, template, modelType: 1, smoothStrength: 1 },
  },
]);

/** Where the references are. */
export const REFERENCES = fileURLToPath(new URL("./references.json", import.meta.url));

/** Side of the portraits, px: their faces have about the size they have in the photos. */
const SIDE_PX = 448;

/** Opens the engine that the references are made with. */
export function openGoldenEngine(): Promise<FusionEngine> {
  return createFusionEngine({ modelsDir: TEST_MODELS_DIR });
}

/** Fuses a case; `change` may alter the encoded template first. */
export async function fuseCase(
  engine: FusionEngine,
  { user, template, modelType, smoothStrength }: GoldenCase,
  change: (template: Uint8Array) => Promise<Uint8Array> = async (same) => same,
): Promise<Picture> {
  const { image } = await engine.fuse({
    template: await change(await aPortrait(template, { sizePx: SIDE_PX })),
    merges: [{ user: await aPortrait(user, { sizePx: SIDE_PX }) }],
    origin: AN_ORIGIN,
    options: {
      ...DEFAULT_FUSION_OPTIONS,
      ...{ modelType, label: undefined },
      smoothStrength: smoothStrength ?? DEFAULT_FUSION_OPTIONS.smoothStrength,
    },
  });
  return decodePicture(image);
}

/** The signature of a result, with the points that the finder sees in it; throws where it sees none. */
export async function signResult(engine: FusionEngine, result: Picture): Promise<Signature> {
  const { faces } = await engine.finder.find(result, { wanted: 1 });
  if (!faces[0]) throw new Error("The finder does not see a face in a result.");
  return signatureOf(result, faces[0].mesh);
}

/** Reads the stored references, by case. */
export function readReferences(): Readonly<Record<string, Signature>> {
  return JSON.parse(readFileSync(REFERENCES, "utf8"));
}
