import type { Page } from "../shell/page.ts";

/** Every page, in the order of the navigation. */
export const PAGES: readonly Page[] = [
  {
    path: "/",
    title: { en: "Start", zh: "开始" },
    icon: "home",
    load: async () => (await import("./home/home-page.tsx")).HomePage,
  },
  {
    path: "/playground",
    title: { en: "Playground", zh: "试玩" },
    icon: "playground",
    load: async () => (await import("./playground/playground-page.tsx")).PlaygroundPage,
  },
  {
    path: "/explorer",
    title: { en: "Explorer", zh: "接口调试" },
    icon: "explorer",
    load: async () => (await import("./explorer/explorer-page.tsx")).ExplorerPage,
  },
  {
    path: "/inspector",
    title: { en: "Inspector", zh: "调用记录" },
    icon: "inspector",
    load: async () => (await import("./inspector/inspector-page.tsx")).InspectorPage,
  },
  {
    path: "/signature",
    title: { en: "Signature", zh: "签名" },
    icon: "signature",
    load: async () => (await import("./signature/signature-page.tsx")).SignaturePage,
  },
  {
    path: "/docs",
    title: { en: "Documents", zh: "文档" },
    icon: "docs",
    load: async () => (await import("./docs/docs-page.tsx")).DocsPage,
  },
];
