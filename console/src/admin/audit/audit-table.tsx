import { fill, useTexts } from "../../i18n/texts.ts";
import type { AdminAccount, AuditRow } from "../admin-answers.ts";
import { formatBytes, formatNumber, formatTime } from "../parts/format.ts";
import { AUDIT_TEXTS } from "./audit-texts.ts";

interface AuditTableProps {
  readonly rows: readonly AuditRow[];
  readonly accounts: readonly AdminAccount[];
}

/** Rows of the audit trail, the newest first. */
export function AuditTable({ rows, accounts }: AuditTableProps) {
  const t = useTexts(AUDIT_TEXTS);
  const heads = [t.time, t.account, t.action, t.outcome];
  const numbers = [t.duration, t.faces, t.sent];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <div class="card admin-scroll" tabIndex={0}>
      <table class="admin-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
            {numbers.map((head) => (
              <th scope="col" class="number" key={head}>
                {head}
              </th>
            ))}
            <th scope="col">{t.client}</th>
            <th scope="col">{t.requestId}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AuditLine key={row.seq} row={row} accounts={accounts} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AuditLine({
  row,
  accounts,
}: {
  readonly row: AuditRow;
  readonly accounts: readonly AdminAccount[];
}) {
  const t = useTexts(AUDIT_TEXTS);
  if (row.kind === "emptied") {
    return (
      <tr>
        <td colSpan={9} class="help">
          {t.emptied}
        </td>
      </tr>
    );
  }
  if (row.kind === "deletion") {
    const owner = row.ofRequest ?? row.ofAccount ?? "";
    return (
      <tr>
        <td>{formatTime(row.time)}</td>
        <td colSpan={8}>{fill(t.deletion, { rows: row.rows, results: row.results, owner })}</td>
      </tr>
    );
  }
  const account = accounts.find(({ id }) => id === row.account);
  return (
    <tr>
      <td>{formatTime(row.time)}</td>
      <td title={row.account}>{account?.name || (row.account?.slice(0, 8) ?? t.stranger)}</td>
      <td>{row.action ?? "–"}</td>
      <td>{row.code ?? t.ok}</td>
      <td class="number">{formatNumber(row.durationMs)}</td>
      <td class="number">{formatNumber(row.faces ?? null)}</td>
      <td class="number">{row.pictureBytes === undefined ? "–" : formatBytes(row.pictureBytes)}</td>
      <td>{row.client ?? "–"}</td>
      <td class="mono">{row.requestId}</td>
    </tr>
  );
}
