import { fill, useTexts } from "../../i18n/texts.ts";
import { goTo, place } from "../../shell/router.ts";
import { useStore } from "../../state/store.ts";
import type { AdminAccount, AuditAnswer } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { Problem } from "../parts/problem.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { AuditFilters, type ChosenRows } from "./audit-filters.tsx";
import { AuditTable } from "./audit-table.tsx";
import { AUDIT_TEXTS } from "./audit-texts.ts";
import { ForgetCalls } from "./forget-calls.tsx";
import "./audit.css";

/** Filters as the address has them: `#/audit?account=ID&outcome=failed&since=2026-01-31`. */
const FILTERS = ["account", "outcome", "since", "until", "requestId"] as const;

/** Rows of the audit trail, filtered and a page at a time, and the deletion of what is kept. */
export function AuditPage() {
  const t = useTexts({ ...ADMIN_TEXTS, ...AUDIT_TEXTS });
  const { query } = useStore(place);
  const chosen = Object.fromEntries(
    FILTERS.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])),
  ) as ChosenRows;
  const before = query.get("before");
  const search = new URLSearchParams({ ...chosen, ...(before && { before }) });
  const { answer, problem, reload } = useAnswer<AuditAnswer>(`audit?${search}`);
  const accounts = useAnswer<{ readonly accounts: readonly AdminAccount[] }>("accounts").answer;
  const next = answer?.next ?? null;
  return (
    <div class="page">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <AuditFilters
        key={search.toString()}
        chosen={chosen}
        accounts={accounts?.accounts ?? []}
        onChoose={(rows) => goTo("/audit", { ...rows })}
      />
      <Problem text={problem} />
      {answer === undefined ? <p class="help">{t.loading}</p> : null}
      {answer?.rows.length === 0 ? <p class="card">{next === null ? t.none : t.noneHere}</p> : null}
      {answer === undefined || answer.rows.length === 0 ? null : (
        <AuditTable rows={answer.rows} accounts={accounts?.accounts ?? []} />
      )}
      <nav class="row" aria-label={t.title}>
        <button
          type="button"
          disabled={before === null}
          onClick={() => goTo("/audit", { ...chosen })}
        >
          {t.newest}
        </button>
        <button
          type="button"
          disabled={next === null}
          onClick={() => goTo("/audit", { ...chosen, before: String(next) })}
        >
          {t.older}
        </button>
      </nav>
      <ForgetCalls
        onForgotten={reload}
        tell={(rows, results) => fill(t.forgotten, { rows, results })}
      />
    </div>
  );
}
