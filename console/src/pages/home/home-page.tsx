import { useTexts } from "../../i18n/texts.ts";
import { HOME_TEXTS } from "./home-texts.ts";

/** The start page: what this is and where to go. */
export function HomePage() {
  const t = useTexts(HOME_TEXTS);
  return (
    <div class="page">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
    </div>
  );
}
