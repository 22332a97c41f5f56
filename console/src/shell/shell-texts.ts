import type { Texts } from "../i18n/texts.ts";

/** Texts of the frame around every page. */
export const SHELL_TEXTS = {
  skip: { en: "Skip to the content", zh: "跳到正文" },
  navigation: { en: "Pages", zh: "页面" },
  language: { en: "中文", zh: "English" },
  themeSystem: { en: "Colours: as the system", zh: "颜色：跟随系统" },
  themeLight: { en: "Colours: light", zh: "颜色：浅色" },
  themeDark: { en: "Colours: dark", zh: "颜色：深色" },
  notFound: { en: "This page does not exist.", zh: "此页面不存在。" },
  failed: {
    en: "The page could not be loaded. Is the server still running?",
    zh: "页面无法加载。服务器还在运行吗？",
  },
  reload: { en: "Reload", zh: "重新加载" },
  loading: { en: "Loading", zh: "加载中" },
} as const satisfies Texts;
