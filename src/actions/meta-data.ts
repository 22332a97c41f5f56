import { AppError } from "../base/app-error.ts";
import type { PictureNote } from "../labels/picture-note.ts";
import type { FuseParam } from "./fuse-face-parameters.ts";

/** Lengths of the API's page, in characters. */
const MAX_KEY = 32;
const MAX_VALUE = 256;

/** Reads `ImageCodecParam.MetaData`; throws `field-value-invalid` for more than one entry and for long or empty texts. */
export function noteFrom(param: FuseParam | undefined): PictureNote | undefined {
  const [entry, ...others] = param?.ImageCodecParam?.MetaData ?? [];
  if (entry === undefined) return undefined;
  const { MetaKey: name, MetaValue: value } = entry;
  if (others.length > 0 || !hasLength(name, MAX_KEY) || !hasLength(value, MAX_VALUE)) {
    throw new AppError(
      "field-value-invalid",
      `MetaData has one entry, a key of up to ${MAX_KEY} and a value of up to ${MAX_VALUE} characters.`,
    );
  }
  return { name, value };
}

function hasLength(text: string, max: number): boolean {
  return text.length >= 1 && text.length <= max;
}
