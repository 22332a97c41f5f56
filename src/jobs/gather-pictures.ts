import type { Downloader } from "../download/fetch-image.ts";
import {
  LABEL_SIDE_PX,
  PICTURE_SIDE_PX,
  readPictureHeader,
  type SideLimits,
} from "../imaging/picture-header.ts";
import { pictureBytesExceeded, pictureEmpty, picturePixelsExceeded } from "./errors.ts";
import type { FusionJob, PictureSource } from "./run-fusion.ts";

/** All pictures of a job as bytes; the same URL given twice is the same array. */
export interface GatheredPictures {
  readonly template: Uint8Array;
  /** In the order of the job's merges. */
  readonly users: readonly Uint8Array[];
  readonly label: Uint8Array | undefined;
  /** Pixels that will be decoded, each picture counted once. */
  readonly pixels: number;
}

/**
 * Downloads what a job names by URL, all at once and each URL once, and checks the headers of all pictures. The first
 * fault ends the other downloads. Throws what the download and the header check throw, `picture-missing` and
 * `picture-pixels-exceeded`.
 */
export async function gatherPictures(
  job: Pick<FusionJob, "accountId" | "template" | "merges" | "label" | "bounds">,
  parts: { readonly download: Downloader; readonly maxPicturePixels: number },
  signal: AbortSignal,
): Promise<GatheredPictures> {
  const others = new AbortController();
  const ended = AbortSignal.any([signal, others.signal]);
  const fetchOnce = createFetchOnce((url) => parts.download.fetchImage(url, ended, job.accountId));
  try {
    const fetchBounded = async (source: PictureSource): Promise<Uint8Array> => {
      const bytes = await fetchOnce(source);
      if (source.kind === "url") checkFileSize(bytes, job.bounds?.maxFileBytes);
      return bytes;
    };
    const [template, label, ...users] = await Promise.all([
      fetchBounded(job.template),
      job.label?.image && fetchOnce(job.label.image),
      ...job.merges.map((merge) => fetchBounded(merge.user)),
    ]);
    const bounds = {
      sidesPx: job.bounds?.sidesPx ?? PICTURE_SIDE_PX,
      maxPixels: parts.maxPicturePixels,
    };
    return { template, users, label, pixels: checkHeaders([template, ...users], bounds, label) };
  } catch (error) {
    others.abort();
    throw error;
  }
}

function createFetchOnce(
  fetch: (url: string) => Promise<Uint8Array>,
): (source: PictureSource) => Promise<Uint8Array> {
  const byUrl = new Map<string, Promise<Uint8Array>>();
  return async (source) => {
    if (source.kind === "bytes") return source.bytes;
    const fetched = byUrl.get(source.url) ?? fetch(source.url);
    byUrl.set(source.url, fetched);
    return await fetched;
  };
}

function checkFileSize(bytes: Uint8Array, maxBytes = Number.POSITIVE_INFINITY): void {
  if (bytes.length > maxBytes) throw pictureBytesExceeded(bytes.length, maxBytes);
}

/** Refuses here, in microseconds, what a worker would refuse after a wait; returns the pixels in all. */
function checkHeaders(
  pictures: readonly Uint8Array[],
  bounds: { readonly sidesPx: SideLimits; readonly maxPixels: number },
  label: Uint8Array | undefined,
): number {
  const sized = [
    ...[...new Set(pictures)].map((bytes) => boundedSizeOf(bytes, bounds)),
    ...(label ? [sizeOf(label, LABEL_SIDE_PX)] : []),
  ];
  return sized.reduce((sum, pixels) => sum + pixels, 0);
}

function boundedSizeOf(
  bytes: Uint8Array,
  bounds: { readonly sidesPx: SideLimits; readonly maxPixels: number },
): number {
  const pixels = sizeOf(bytes, bounds.sidesPx);
  if (pixels > bounds.maxPixels) throw picturePixelsExceeded(pixels, bounds.maxPixels);
  return pixels;
}

function sizeOf(bytes: Uint8Array, limits: SideLimits): number {
  if (bytes.length === 0) throw pictureEmpty();
  const { width, height } = readPictureHeader(bytes, limits);
  return width * height;
}
