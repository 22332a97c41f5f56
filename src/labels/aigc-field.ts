/**
 * The implicit label of GB 45438-2025, annex E: seven texts about a synthetic picture. Values are printable ASCII
 * without blanks, quotes and backslashes.
 */
export interface AigcField {
  /** 1: is synthetic, 2: may be, 3: is suspected to be. */
  readonly Label: string;
  readonly ContentProducer: string;
  readonly ProduceID: string;
  readonly ReservedCode1: string;
  readonly ContentPropagator: string;
  readonly PropagateID: string;
  readonly ReservedCode2: string;
}

/** The keys in the order of the standard. */
export const AIGC_KEYS = [
  "Label",
  "ContentProducer",
  "ProduceID",
  "ReservedCode1",
  "ContentPropagator",
  "PropagateID",
  "ReservedCode2",
] as const satisfies readonly (keyof AigcField)[];

/** The characters that the standard allows in a value; the length is our own limit. */
export const AIGC_VALUE = /^[\x21\x23-\x5b\x5d-\x7e]{0,128}$/;

/** Makes the field of a result of ours. Who distributes it is not known yet: the propagator's keys stay empty. */
export function aigcFieldOf(origin: {
  readonly producer: string;
  readonly produceId: string;
}): AigcField {
  return {
    Label: "1",
    ContentProducer: origin.producer,
    ProduceID: origin.produceId,
    ReservedCode1: "",
    ContentPropagator: "",
    PropagateID: "",
    ReservedCode2: "",
  };
}

/** Reads a field from JSON, bare or below the key `AIGC`; undefined unless all seven keys and no other are there. */
export function parseAigcField(text: string): AigcField | undefined {
  const value = parsedJson(text);
  const field = isRecord(value) && isRecord(value.AIGC) ? value.AIGC : value;
  if (!isRecord(field) || Object.keys(field).length !== AIGC_KEYS.length) return undefined;
  const isWhole = AIGC_KEYS.every((key) => typeof field[key] === "string");
  return isWhole ? (field as unknown as AigcField) : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: not a field
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
