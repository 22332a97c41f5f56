import { useTexts } from "../../i18n/texts.ts";
import type { AdminUsage } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { Problem } from "../parts/problem.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { UsageChart } from "./usage-chart.tsx";
import { UsageTable } from "./usage-table.tsx";

/** Successful calls by day as a chart, by month as a table. */
export function AccountUsage({ path }: { readonly path: string }) {
  const t = useTexts({ ...ADMIN_TEXTS, ...ACCOUNTS_TEXTS });
  const { answer, problem } = useAnswer<AdminUsage>(`${path}/usage?days=31`);
  return (
    <section class="card" aria-labelledby="account-usage">
      <h2 id="account-usage">{t.usage}</h2>
      <Problem text={problem} />
      {answer === undefined ? <p class="help">{t.loading}</p> : <Usage usage={answer} />}
    </section>
  );
}

function Usage({ usage }: { readonly usage: AdminUsage }) {
  const t = useTexts(ACCOUNTS_TEXTS);
  if (usage.months.length === 0 && usage.days.length === 0) return <p class="help">{t.noUsage}</p>;
  return (
    <>
      <h3>{t.days}</h3>
      <UsageChart days={usage.days} today={new Date().toISOString().slice(0, 10)} />
      <h3>{t.months}</h3>
      <UsageTable
        period={t.month}
        rows={usage.months.map(({ month, ...row }) => ({ period: month, ...row }))}
      />
    </>
  );
}
