import { useTexts } from "../../i18n/texts.ts";
import { hrefOf } from "../../shell/router.ts";
import type { AdminAccount } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { formatTime } from "../parts/format.ts";
import { Problem } from "../parts/problem.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { AccountKeys } from "./account-keys.tsx";
import { AccountUsage } from "./account-usage.tsx";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { StateBadge } from "./state-badge.tsx";
import { TermsForm } from "./terms-form.tsx";

/** One account: terms, keys, usage. */
export function AccountView({ id }: { readonly id: string }) {
  const t = useTexts({ ...ADMIN_TEXTS, ...ACCOUNTS_TEXTS });
  const path = `accounts/${encodeURIComponent(id)}`;
  const { answer, problem, reload } = useAnswer<{ readonly account: AdminAccount }>(path);
  const account = answer?.account;
  return (
    <div class="page">
      <p>
        <a href={hrefOf("/")}>← {t.back}</a>
      </p>
      <Problem text={problem} />
      {account === undefined ? (
        <p class="help">{problem === undefined ? t.loading : t.missing}</p>
      ) : (
        <>
          <div>
            <div class="row">
              <h1>{account.name || t.unnamed}</h1>
              <StateBadge state={account.state} />
            </div>
            <p class="help">
              <code>{account.id}</code> · {t.created} {formatTime(account.createdAt)}
            </p>
          </div>
          <div class="account-columns">
            <TermsForm key={account.id} account={account} onSaved={reload} />
            <div class="account-side">
              <AccountKeys account={account} onChange={reload} />
              <AccountUsage path={path} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}
