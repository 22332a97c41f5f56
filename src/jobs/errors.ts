import { AppError } from "../base/app-error.ts";

/** Which bound on admission was met; for logs and metrics only. */
export type AdmissionBound = "in-flight" | "pixels" | "draining";

const WHY: Readonly<Record<AdmissionBound, string>> = {
  "in-flight": "too many requests are in progress",
  pixels: "too many large pictures are in progress",
  draining: "it is shutting down",
};

/** The server cannot take the fusion now; a retry in a second may succeed. */
export function notAdmitted(bound: AdmissionBound): AppError {
  const sentence = `The server is busy: ${WHY[bound]}. Try again in a second.`;
  return new AppError("overloaded", sentence, { details: { bound } });
}

/** A file behind a URL is larger than the action allows. */
export function pictureBytesExceeded(bytes: number, maxBytes: number): AppError {
  return new AppError("picture-bytes-exceeded", `A picture may have at most ${maxBytes} bytes.`, {
    details: { bytes, maxBytes },
  });
}

/** A picture has more pixels than the operator takes. */
export function picturePixelsExceeded(pixels: number, maxPixels: number): AppError {
  return new AppError("picture-pixels-exceeded", `A picture may have ${maxPixels} pixels.`, {
    details: { pixels, maxPixels },
  });
}

/** The engine answered without a picture. */
export function resultEmpty(): AppError {
  return new AppError("result-empty", "The engine answered without a picture.", { report: true });
}

/** The storage failed in a way that it does not foresee. */
export function resultNotStored(cause: unknown): AppError {
  return new AppError("result-not-stored", "The result could not be stored.", {
    cause,
    report: true,
  });
}

/** A picture was given with no bytes in it. */
export function pictureEmpty(): AppError {
  return new AppError("picture-missing", "A picture has no bytes.");
}
