import { useEffect, useRef, useState } from "preact/hooks";
import type { Doc } from "../../docs/documents.ts";
import { docsIn, loadDocs } from "../../docs/documents.ts";
import { BlockView } from "../../docs/markdown-view.tsx";
import { language } from "../../i18n/language.ts";
import { useTexts } from "../../i18n/texts.ts";
import { hrefOf, place } from "../../shell/router.ts";
import { useStore } from "../../state/store.ts";
import { DOCS_TEXTS } from "./docs-texts.ts";
import "./docs.css";

/** The documents first, by what people look for; others follow by name. */
const ORDER = ["api", "errors", "accounts", "configuration", "status"];

/** The server's documents: `#/docs?page=errors&at=MissingParameter`. */
export function DocsPage() {
  const t = useTexts(DOCS_TEXTS);
  const docs = useDocs();
  const { query } = useStore(place);
  if (docs === undefined) return <p class="loading">{t.loading}</p>;
  if (docs === "failed") return <p class="notice">{t.failed}</p>;
  const id = query.get("page") ?? "api";
  const doc = docs.find((candidate) => candidate.id === id);
  return (
    <div class="page docs">
      <nav class="docs-list" aria-label={t.documents}>
        <ul>
          {docs.map((entry) => (
            <li key={entry.id}>
              <a
                href={hrefOf("/docs", { page: entry.id })}
                aria-current={entry.id === id ? "page" : undefined}
              >
                {entry.title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {doc === undefined ? (
        <p class="notice">{t.missing}</p>
      ) : (
        <Article doc={doc} docs={docs} at={query.get("at") ?? ""} />
      )}
    </div>
  );
}

function useDocs(): readonly Doc[] | "failed" | undefined {
  const shown = useStore(language);
  const [docs, setDocs] = useState<readonly Doc[] | "failed">();
  useEffect(() => {
    loadDocs().then(
      (all) => setDocs(docsIn(all, shown).toSorted((a, b) => rankOf(a) - rankOf(b))),
      () => setDocs("failed"),
    );
  }, [shown]);
  return docs;
}

function rankOf({ id }: Doc): number {
  const at = ORDER.indexOf(id);
  return at < 0 ? ORDER.length : at;
}

interface ArticleProps {
  readonly doc: Doc;
  readonly docs: readonly Doc[];
  readonly at: string;
}

function Article({ doc, docs, at }: ArticleProps) {
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    if (at === "") return;
    const target = article.current?.querySelector<HTMLElement>(`[data-at="${CSS.escape(at)}"]`);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "center" });
  }, [doc, at]);
  const ids = new Set(docs.map(({ id }) => id));
  return (
    <article ref={article} lang={doc.language === "zh" ? "zh-CN" : "en"}>
      {doc.blocks.map((block, i) => (
        <BlockView key={i} block={block} place={{ id: doc.id, ids }} />
      ))}
    </article>
  );
}
