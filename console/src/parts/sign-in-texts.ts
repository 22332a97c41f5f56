import type { Texts } from "../i18n/texts.ts";

/** Texts of signing in and out. */
export const SIGN_IN_TEXTS = {
  title: { en: "Sign in", zh: "登录" },
  lead: {
    en: "With the SecretId and SecretKey that the server printed at its first start, or that an operator gave you. Paste both at once if you like.",
    zh: "使用服务器首次启动时打印的，或运维人员提供的 SecretId 和 SecretKey。可以一次粘贴两者。",
  },
  secretId: { en: "SecretId", zh: "SecretId" },
  secretKey: { en: "SecretKey", zh: "SecretKey" },
  token: { en: "Token (temporary keys only)", zh: "Token（仅临时密钥需要）" },
  submit: { en: "Sign in", zh: "登录" },
  checking: { en: "Checking", zh: "验证中" },
  privacy: {
    en: "The key stays in this tab. It signs calls here and is never sent.",
    zh: "密钥只保存在此标签页中，在本地签名，绝不会被发送。",
  },
  signOut: { en: "Sign out", zh: "退出登录" },
  missing: { en: "Both fields are needed.", zh: "两个字段都必须填写。" },
  unreachable: { en: "The server cannot be reached.", zh: "无法连接服务器。" },
} as const satisfies Texts;
