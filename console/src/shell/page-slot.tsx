import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useTexts } from "../i18n/texts.ts";
import type { Page } from "./page.ts";
import { SHELL_TEXTS } from "./shell-texts.ts";

type Loaded =
  | { readonly page: Page; readonly component: ComponentType }
  | { readonly page: Page; readonly failed: true };

/** Shows a page once its code is there. */
export function PageSlot({ page }: { readonly page: Page }) {
  const t = useTexts(SHELL_TEXTS);
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    page.load().then(
      (component) => setLoaded({ page, component }),
      () => setLoaded({ page, failed: true }),
    );
  }, [page]);
  if (loaded?.page !== page) return <p class="loading">{t.loading}</p>;
  if ("component" in loaded) return <loaded.component />;
  return (
    <div class="notice" role="alert">
      <p>{t.failed}</p>
      <button type="button" onClick={() => location.reload()}>
        {t.reload}
      </button>
    </div>
  );
}
