import { productVersion } from "../base/product-version.ts";

/** Where a result comes from, as its labels say it. */
export interface ResultOrigin {
  /** Number of the content, one for each result: the request's id. */
  readonly produceId: string;
  /** Who runs the service, as registered or by name; printable ASCII without blanks, quotes and backslashes. */
  readonly producer: string;
  /** Program and version that made the result. */
  readonly creatorTool: string;
  /** When, milliseconds of Unix time. */
  readonly createdAtMs: number;
  /** True to hide a watermark in the picture that leads to {@link produceId}. */
  readonly hasWatermark: boolean;
}

/** Returns `Faceloom` and this copy's version. Reads package.json: call it once, not once a picture. */
export function readCreatorTool(): string {
  return `Faceloom ${productVersion()}`;
}
