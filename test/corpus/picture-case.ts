/** What a picture of the corpus may be answered with. */
export type Expected = "good" | "faceless" | "undecodable" | "either" | readonly string[];

/** One hostile or odd picture, made when it is needed. */
export interface PictureCase {
  /** Row of the plan, such as `I-23`, and what is special. */
  readonly id: string;
  readonly what: string;
  readonly make: () => Promise<Uint8Array> | Uint8Array;
  /**
   * `good` shows a face, `faceless` can be decoded, `undecodable` cannot, `either` depends on the decoder; else codes
   * that count in every position.
   */
  readonly expected: Expected;
  /** Codes as a logo, where other sizes are allowed. */
  readonly asLogo?: Expected;
  /** Sent as JSON text these bytes are more than a field may have: by URL only. */
  readonly isByUrlOnly?: boolean;
  /** Its number of characters as base64 is the point. */
  readonly isByBase64Only?: boolean;
  /** The picture or its decoding is large: its time is that of a large picture. */
  readonly isHeavy?: boolean;
  /** Only one way in: what differs between the ways was shown by the other cases. */
  readonly isOnce?: boolean;
}

/** Wire codes by the words that the cases use. */
export const CODES = {
  undecodable: "FailedOperation.ImageDecodeFailed",
  tooSmall: "FailedOperation.ImageResolutionTooSmall",
  tooLarge: "FailedOperation.ImageSizeInvalid",
  tooManyBytes: "FailedOperation.ImageSizeExceed",
  empty: "FailedOperation.MediaDataError",
  notGiven: "FailedOperation.ParameterValueError",
  faceless: "FailedOperation.NoFaceDetected",
  smallFace: "FailedOperation.FaceSizeTooSmall",
  badRect: "InvalidParameterValue.FaceRectParameterValueError",
} as const;

/** What counts as right for a case in a position. */
export function allowedFor(one: PictureCase, position: "template" | "user" | "logo"): string[] {
  const expected = position === "logo" ? (one.asLogo ?? one.expected) : one.expected;
  const faceless = position === "logo" ? "ok" : CODES.faceless;
  if (expected === "good") return ["ok"];
  if (expected === "faceless") return [faceless];
  if (expected === "undecodable") return [CODES.undecodable];
  if (expected === "either") return ["ok", faceless, CODES.undecodable];
  return [...expected];
}
