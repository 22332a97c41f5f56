// First, so that the styles of pages come after those of the elements they are made of.
import "./design/design.css";

import { ADMIN_PAGES } from "./admin/admin-pages.ts";
import { LogoutButton } from "./admin/logout-button.tsx";
import { startShell } from "./shell/start-shell.tsx";

startShell({ pages: ADMIN_PAGES, tools: [LogoutButton], badge: "Admin" });
