import type { PictureFormat } from "../../imaging/picture.ts";
import type { ResultOrigin } from "../result-origin.ts";
import { DIGITAL_SOURCE_TYPE } from "../xmp-packet.ts";
import { loadC2paLibrary, MEDIA_TYPES, MemoryBlob } from "./c2pa-library.ts";
import { signCose } from "./cose-signature.ts";
import type { SigningKey } from "./signing-key.ts";

/** What the manifest tells of a result. */
export interface SignedFacts {
  readonly origin: Pick<ResultOrigin, "produceId" | "creatorTool" | "createdAtMs">;
  readonly format: PictureFormat;
  /** How many user photos were put in. */
  readonly users: number;
}

/**
 * Returns the file with Content Credentials: a C2PA manifest, signed, that says which template was opened, how many
 * user photos were placed in it, and that a model composed them. The inputs are named, never shown: no thumbnail and
 * no hash of them is kept. There is no time stamp of an authority.
 */
export async function signPicture(
  bytes: Uint8Array,
  facts: SignedFacts,
  key: SigningKey,
): Promise<Uint8Array> {
  const { WasmBuilder } = await loadC2paLibrary();
  const format = MEDIA_TYPES[facts.format];
  using builder = WasmBuilder.fromJson(JSON.stringify(manifestOf(facts)), CONTEXT);
  // The signature must fill the place that is kept for it, to the byte.
  const reserveSize = signCose(new Uint8Array(), key).length;
  const sign = async (claim: Uint8Array) => new Uint8Array(signCose(claim, key));
  // biome-ignore lint/suspicious/noExplicitAny: the library asks for a Blob and uses what MemoryBlob has of it.
  const source = new MemoryBlob(bytes) as any;
  return await builder.sign({ alg: key.name, reserveSize, sign }, [], format, source);
}

/** The library would look at its own signature again, in five times the time; ours is read back by tests. */
const CONTEXT = JSON.stringify({ verify: { verify_after_sign: false } });

function manifestOf({ origin, format, users }: SignedFacts): object {
  const [name, version] = origin.creatorTool.split(" ");
  const when = new Date(origin.createdAtMs).toISOString();
  const template = { title: "template", relationship: "parentOf", label: "template" };
  const photos = Array.from({ length: users }, (_, i) => ({
    title: `user photo ${i + 1}`,
    relationship: "componentOf",
    label: `user-${i + 1}`,
  }));
  const actions = [
    { action: "c2pa.opened", when, parameters: { ingredientIds: [template.label] } },
    ...photos.map(({ label }) => ({
      action: "c2pa.placed",
      when,
      parameters: { ingredientIds: [label] },
    })),
    {
      action: "c2pa.edited",
      when,
      softwareAgent: { name, version },
      digitalSourceType: DIGITAL_SOURCE_TYPE,
      description: "The users' faces were fused into the template.",
    },
  ];
  const ingredients = [template, ...photos].map((ingredient) => ({
    ...ingredient,
    format: "image/*",
    instance_id: `${origin.produceId}:${ingredient.label}`,
  }));
  return {
    claim_generator_info: [{ name, version }],
    title: origin.produceId,
    format: MEDIA_TYPES[format],
    ingredients,
    assertions: [{ label: "c2pa.actions.v2", data: { actions } }],
  };
}
