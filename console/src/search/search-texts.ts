import type { Texts } from "../i18n/texts.ts";

/** Texts of the search. */
export const SEARCH_TEXTS = {
  open: { en: "Search", zh: "搜索" },
  hint: {
    en: "Actions, parameters, error codes, settings, documents",
    zh: "接口、参数、错误码、配置项、文档",
  },
  results: { en: "Results", zh: "结果" },
  count: { en: "{n} results", zh: "{n} 条结果" },
  none: { en: "Nothing found for “{query}”.", zh: "没有找到“{query}”。" },
  failed: { en: "The documents could not be loaded.", zh: "文档加载失败。" },
  close: { en: "Close", zh: "关闭" },
  keys: { en: "↑ ↓ to choose, Enter to open, Esc to close", zh: "↑ ↓ 选择，Enter 打开，Esc 关闭" },
  page: { en: "Page", zh: "页面" },
  action: { en: "Action", zh: "接口" },
  parameter: { en: "Parameter", zh: "参数" },
  error: { en: "Error", zh: "错误码" },
  setting: { en: "Setting", zh: "配置" },
  reference: { en: "Name", zh: "名称" },
  section: { en: "Document", zh: "文档" },
} as const satisfies Texts;
