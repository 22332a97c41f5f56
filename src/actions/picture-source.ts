import { AppError } from "../base/app-error.ts";
import type { PictureSource } from "../jobs/run-fusion.ts";
import { decodeBase64 } from "./strict-base64.ts";

/** Longest base64 text of a picture, as the API documents it. */
const MAX_BASE64_CHARACTERS = 10 * 1024 * 1024;

/** The two ways in which a call may give a picture. */
interface GivenPicture {
  readonly url?: string | undefined;
  readonly base64?: string | undefined;
}

/**
 * Reads a picture's place or bytes. The URL wins when both are given; empty texts count as not given.
 * Throws `picture-bytes-exceeded` for over `maxBase64Characters`, `picture-undecodable` for other than
 * strict base64.
 */
export function pictureSource(
  { url, base64 }: GivenPicture,
  maxBase64Characters = MAX_BASE64_CHARACTERS,
): PictureSource | undefined {
  if (url) return { kind: "url", url };
  if (!base64) return undefined;
  if (base64.length > maxBase64Characters) {
    throw new AppError("picture-bytes-exceeded", "A base64 picture is too long.", {
      details: { characters: base64.length, maxBase64Characters },
    });
  }
  const bytes = decodeBase64(base64);
  if (bytes === undefined) throw new AppError("picture-undecodable", "The text is not base64.");
  return { kind: "bytes", bytes };
}

/** As {@link pictureSource} for a picture that must be there; throws `field-value-invalid` when it is not. */
export function requiredPictureSource(
  given: GivenPicture,
  maxBase64Characters?: number,
): PictureSource {
  const source = pictureSource(given, maxBase64Characters);
  if (source === undefined) {
    throw new AppError("field-value-invalid", "A picture has neither a URL nor base64.");
  }
  return source;
}
