import type { Page } from "../shell/page.ts";
import { guarded } from "./guarded.tsx";

/** Every page of the administration, in the order of the navigation. */
export const ADMIN_PAGES: readonly Page[] = [
  {
    path: "/",
    title: { en: "Accounts", zh: "账号" },
    icon: "user",
    load: async () => guarded((await import("./accounts/accounts-page.tsx")).AccountsPage),
  },
  {
    path: "/materials",
    title: { en: "Materials", zh: "素材" },
    icon: "grid",
    load: async () => guarded((await import("./materials/materials-page.tsx")).MaterialsPage),
  },
  {
    path: "/audit",
    title: { en: "Calls", zh: "调用" },
    icon: "inspector",
    load: async () => guarded((await import("./audit/audit-page.tsx")).AuditPage),
  },
  {
    path: "/system",
    title: { en: "System", zh: "系统" },
    icon: "chart",
    load: async () => guarded((await import("./system/system-page.tsx")).SystemPage),
  },
];
