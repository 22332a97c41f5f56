// First, so that the styles of pages come after those of the elements they are made of.
import "./design/design.css";

import { PAGES } from "./pages/pages.ts";
import { AccountTool } from "./parts/account-tool.tsx";
import { SearchButton } from "./search/search-button.tsx";
import { startShell } from "./shell/start-shell.tsx";

startShell({ pages: PAGES, tools: [SearchButton, AccountTool] });
