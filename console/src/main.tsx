import { PAGES } from "./pages/pages.ts";
import { startShell } from "./shell/start-shell.tsx";
import "./design/design.css";

startShell(PAGES);
