/** A rectangle in px of the upright picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture that the person chose, ready to be shown and sent. */
export interface Picture {
  readonly name: string;
  /** `blob:` address to show it. */
  readonly url: string;
  readonly base64: string;
  readonly bytes: number;
}

/** Why a file cannot be used. */
export class PictureFault extends Error {
  readonly kind: "unreadable" | "too-large";

  constructor(kind: PictureFault["kind"]) {
    super(kind);
    this.kind = kind;
  }
}

/** 10 MiB of base64 text, the API's limit of a picture. */
const MAX_BYTES = 7_864_320;

const SENT_AS_IT_IS = ["image/jpeg", "image/png"];

/** Reads a file; what is neither JPEG nor PNG is converted by the browser. Throws a {@link PictureFault}. */
export async function readPicture(file: Blob, name: string): Promise<Picture> {
  const blob = SENT_AS_IT_IS.includes(file.type) ? file : await asJpeg(file);
  if (blob.size > MAX_BYTES) throw new PictureFault("too-large");
  const url = URL.createObjectURL(blob);
  return { name, url, base64: await base64Of(blob), bytes: blob.size };
}

/** Frees what {@link readPicture} holds. */
export function forgetPicture({ url }: Picture): void {
  URL.revokeObjectURL(url);
}

const QUALITY_01 = 0.95;

async function asJpeg(file: Blob): Promise<Blob> {
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    return await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY_01 });
  } catch {
    throw new PictureFault("unreadable");
  }
}

/** The browser's own reader is many times faster than a loop over the bytes. */
function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new PictureFault("unreadable"));
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.readAsDataURL(blob);
  });
}
