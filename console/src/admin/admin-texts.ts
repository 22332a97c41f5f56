import type { Texts } from "../i18n/texts.ts";

/** Texts of the administration that several of its pages use. */
export const ADMIN_TEXTS = {
  loginTitle: { en: "Operator's login", zh: "运维登录" },
  loginLead: {
    en: "The token was printed when the server made it, or is set by FACELOOM_ADMIN_TOKEN.",
    zh: "令牌在服务器生成时打印过一次，或由 FACELOOM_ADMIN_TOKEN 设置。",
  },
  token: { en: "Token", zh: "令牌" },
  logIn: { en: "Log in", zh: "登录" },
  logOut: { en: "Log out", zh: "退出" },
  cancel: { en: "Cancel", zh: "取消" },
  save: { en: "Save", zh: "保存" },
  saved: { en: "Saved", zh: "已保存" },
  remove: { en: "Delete", zh: "删除" },
  loading: { en: "Loading", zh: "加载中" },
  noBound: { en: "no bound", zh: "不限" },
  unreachable: { en: "The server cannot be reached.", zh: "无法连接服务器。" },
} as const satisfies Texts;
