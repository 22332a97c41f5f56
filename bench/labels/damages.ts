import sharp, { type Sharp } from "sharp";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Picture } from "../../src/imaging/picture.ts";

/** What happens to pictures on their way: each returns a damaged copy. */
export const DAMAGES: Readonly<Record<string, (picture: Picture) => Promise<Picture>>> = {
  none: (picture) => done(opened(picture).jpeg({ quality: 92, chromaSubsampling: "4:4:4" })),
  "JPEG 60": (picture) => done(opened(picture).jpeg({ quality: 60 })),
  "half size": (picture) => done(halved(opened(picture), picture).png()),
  "cut 10 %": (picture) => done(opened(cut(picture)).png()),
  "all three": (picture) => {
    const rest = cut(picture);
    return done(halved(opened(rest), rest).jpeg({ quality: 60 }));
  },
};

function opened({ width, height, data }: Picture): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function done(image: Sharp): Promise<Picture> {
  return decodePicture(await image.toBuffer(), { min: 1, max: 8000 });
}

function halved(image: Sharp, { width, height }: Picture): Sharp {
  return image.resize(Math.round(width / 2), Math.round(height / 2), { fit: "fill" });
}

/** Takes a tenth of the width and of the height away, on both sides in part. */
function cut({ width, height, data }: Picture): Picture {
  const [w, h] = [Math.round(0.9 * width), Math.round(0.9 * height)];
  const [x0, y0] = [Math.round(0.037 * width), Math.round(0.061 * height)];
  const rest = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y++) {
    const from = ((y0 + y) * width + x0) * 3;
    rest.set(data.subarray(from, from + 3 * w), y * w * 3);
  }
  return { width: w, height: h, data: rest };
}
