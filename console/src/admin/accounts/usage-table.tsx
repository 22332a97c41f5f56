import { useTexts } from "../../i18n/texts.ts";
import { formatNumber } from "../parts/format.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";

interface UsageTableProps {
  /** Head of the first column. */
  readonly period: string;
  readonly rows: readonly {
    readonly period: string;
    readonly action: string;
    readonly calls: number;
  }[];
}

/** Calls by period and action. */
export function UsageTable({ period, rows }: UsageTableProps) {
  const t = useTexts(ACCOUNTS_TEXTS);
  return (
    <table class="admin-table">
      <thead>
        <tr>
          <th scope="col">{period}</th>
          <th scope="col">{t.action}</th>
          <th scope="col" class="number">
            {t.calls}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.period} ${row.action}`}>
            <td>{row.period}</td>
            <td>{row.action}</td>
            <td class="number">{formatNumber(row.calls)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
