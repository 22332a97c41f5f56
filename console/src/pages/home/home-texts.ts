import type { Texts } from "../../i18n/texts.ts";

/** Texts of the start page. */
export const HOME_TEXTS = {
  title: { en: "Fuse a face in five minutes", zh: "五分钟完成一次人脸融合" },
  lead: {
    en: "Sign in with the SecretId and SecretKey that the server printed at its first start.",
    zh: "使用服务器首次启动时打印的 SecretId 和 SecretKey 登录。",
  },
} as const satisfies Texts;
