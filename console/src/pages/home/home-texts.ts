import type { Texts } from "../../i18n/texts.ts";

/** Texts of the start page. */
export const HOME_TEXTS = {
  title: { en: "Fuse a face in five minutes", zh: "五分钟完成一次人脸融合" },
  lead: {
    en: "Faceloom puts the face of a person into a template picture, in the template's pose, expression and light. It speaks Tencent Cloud's FuseFaceUltra API, and every fusion on these pages goes through that API.",
    zh: "Faceloom 把用户的人脸融合到模板图中，并保留模板的姿态、表情和光照。它兼容腾讯云 FuseFaceUltra 接口，本控制台的每次融合都通过该接口完成。",
  },
  template: { en: "A template (drawn)", zh: "模板图（手绘）" },
  user: { en: "A person (drawn)", zh: "用户照片（手绘）" },
  fused: { en: "The template with the person's face", zh: "融合后的图片" },
  playground: { en: "Playground", zh: "试玩" },
  playgroundText: {
    en: "Drop pictures, choose faces, move sliders, compare results.",
    zh: "拖入图片、选择人脸、调节参数、对比结果。",
  },
  explorer: { en: "API Explorer", zh: "接口调试" },
  explorerText: {
    en: "Fill in a form, send a signed call, copy the code.",
    zh: "填写表单、发送签名请求、复制代码。",
  },
  inspector: { en: "Inspector", zh: "调用记录" },
  inspectorText: {
    en: "See your last calls with their times and codes, live.",
    zh: "实时查看最近的调用、耗时和错误码。",
  },
  signature: { en: "Signature", zh: "签名调试" },
  signatureText: {
    en: "Find out why a signature does not fit.",
    zh: "找出签名不匹配的原因。",
  },
} as const satisfies Texts;
