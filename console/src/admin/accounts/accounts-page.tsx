import { useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import { hrefOf, place } from "../../shell/router.ts";
import { useStore } from "../../state/store.ts";
import type { AdminAccount } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { formatNumber, formatTime } from "../parts/format.ts";
import { Problem } from "../parts/problem.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { AccountView } from "./account-view.tsx";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { CreateAccount } from "./create-account.tsx";
import { StateBadge } from "./state-badge.tsx";
import "./accounts.css";

/** All accounts, or the one that the address names: `#/?account=ID`. */
export function AccountsPage() {
  const id = useStore(place).query.get("account");
  return id === null ? <AccountList /> : <AccountView key={id} id={id} />;
}

function AccountList() {
  const t = useTexts({ ...ADMIN_TEXTS, ...ACCOUNTS_TEXTS });
  const { answer, problem, reload } = useAnswer<{ readonly accounts: readonly AdminAccount[] }>(
    "accounts",
  );
  const [isCreating, setCreating] = useState(false);
  return (
    <div class="page">
      <div class="row spread">
        <h1>{t.title}</h1>
        <button type="button" class="primary" onClick={() => setCreating(true)}>
          {t.create}
        </button>
      </div>
      <p class="lead">{t.lead}</p>
      <Problem text={problem} />
      {answer === undefined ? (
        <p class="help">{t.loading}</p>
      ) : (
        <AccountTable accounts={answer.accounts} />
      )}
      {isCreating ? (
        <CreateAccount
          onClose={() => {
            setCreating(false);
            reload();
          }}
        />
      ) : null}
    </div>
  );
}

function AccountTable({ accounts }: { readonly accounts: readonly AdminAccount[] }) {
  const t = useTexts(ACCOUNTS_TEXTS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <div class="card admin-scroll" tabIndex={0}>
      <table class="admin-table">
        <thead>
          <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.state}</th>
            <th scope="col" class="number">
              {t.keys}
            </th>
            <th scope="col" class="number">
              {t.quota}
            </th>
            <th scope="col" class="number">
              {t.balance}
            </th>
            <th scope="col">{t.created}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id}>
              <th scope="row">
                <a href={hrefOf("/", { account: account.id })}>{account.name || t.unnamed}</a>
              </th>
              <td>
                <StateBadge state={account.state} />
              </td>
              <td class="number">{formatNumber(account.keys.length)}</td>
              <td class="number">{formatNumber(account.monthlyQuota)}</td>
              <td class="number">{formatNumber(account.balance)}</td>
              <td>{formatTime(account.createdAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
