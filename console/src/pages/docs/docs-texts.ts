import type { Texts } from "../../i18n/texts.ts";

/** Texts around the documents. */
export const DOCS_TEXTS = {
  documents: { en: "Documents", zh: "文档" },
  loading: { en: "Loading", zh: "加载中" },
  failed: { en: "The documents could not be loaded.", zh: "文档加载失败。" },
  missing: { en: "There is no such document.", zh: "没有这篇文档。" },
  onPage: { en: "On this page", zh: "本页内容" },
} as const satisfies Texts;
