import type { Page } from "../shell/page.ts";

/** Every page, in the order of the navigation. */
export const PAGES: readonly Page[] = [
  {
    path: "/",
    title: { en: "Start", zh: "开始" },
    icon: "home",
    load: async () => (await import("./home/home-page.tsx")).HomePage,
  },
];
