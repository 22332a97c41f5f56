import { PAGES } from "./pages/pages.ts";
import { SearchButton } from "./search/search-button.tsx";
import { startShell } from "./shell/start-shell.tsx";
import "./design/design.css";

startShell(PAGES, [SearchButton]);
