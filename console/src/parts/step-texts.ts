import type { Texts } from "../i18n/texts.ts";

/** What people read of a step; unknown names are shown as they are. */
export const STEP_TEXTS = {
  download: { en: "Take in the pictures", zh: "接收图片" },
  queue: { en: "Wait for a worker", zh: "等待工作进程" },
  "decode-pictures": { en: "Decode", zh: "解码" },
  "find-faces": { en: "Find faces", zh: "检测人脸" },
  "place-features": { en: "Place features", zh: "五官定位" },
  "draw-face": { en: "Draw the face", zh: "绘制人脸" },
  "map-skin": { en: "Map the skin", zh: "识别皮肤" },
  "match-light": { en: "Match the light", zh: "匹配光照" },
  "compose-face": { en: "Compose the face", zh: "合成人脸" },
  "restore-features": { en: "Restore eyes and mouth", zh: "还原眼口细节" },
  "match-sharpness": { en: "Match the sharpness", zh: "匹配清晰度" },
  "smooth-skin": { en: "Smooth the skin", zh: "磨皮" },
  "enhance-detail": { en: "Enhance detail", zh: "增强细节" },
  "enhance-teeth": { en: "Enhance teeth", zh: "美化牙齿" },
  "blend-back": { en: "Blend into the picture", zh: "融入原图" },
  "hide-watermark": { en: "Hide the watermark", zh: "嵌入隐形水印" },
  "add-label": { en: "Add the label", zh: "添加标识" },
  "encode-result": { en: "Encode", zh: "编码" },
  store: { en: "Store", zh: "存储" },
} as const satisfies Texts;

/** Steps that come once for each face, in order. */
export const FACE_STEPS: readonly string[] = [
  "place-features",
  "draw-face",
  "map-skin",
  "match-light",
  "compose-face",
  "restore-features",
  "match-sharpness",
  "smooth-skin",
  "enhance-detail",
  "enhance-teeth",
  "blend-back",
];

/** How far a run is, 0..1, by the number of steps that have begun. */
export function progress01(steps: readonly string[], faces: number): number {
  // Before and after the faces: take in, wait, decode, find; label, encode.
  const all = 6 + faces * FACE_STEPS.length;
  return Math.min(1, steps.length / all);
}
