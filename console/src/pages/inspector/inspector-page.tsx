import { useState } from "preact/hooks";
import type { RecentCall } from "../../api/recent-call.ts";
import { useTexts } from "../../i18n/texts.ts";
import { AccountPage } from "../../parts/account-page.tsx";
import { CallDetails } from "./call-details.tsx";
import { CallTable } from "./call-table.tsx";
import { INSPECTOR_TEXTS } from "./inspector-texts.ts";
import { useKeepsParameters } from "./kept-parameters.ts";
import { fits, useRecentCalls } from "./recent-calls.ts";
import "./inspector.css";

/** The Inspector: the account's last calls, followed live. */
export function InspectorPage() {
  const t = useTexts(INSPECTOR_TEXTS);
  return (
    <AccountPage title={t.title} lead={t.lead}>
      <Inspector />
    </AccountPage>
  );
}

function Inspector() {
  const t = useTexts(INSPECTOR_TEXTS);
  const [isFollowing, setFollowing] = useState(true);
  const [filter, setFilter] = useState("");
  const [failedOnly, setFailedOnly] = useState(false);
  const [open, setOpen] = useState<string>();
  const keepsParameters = useKeepsParameters();
  const calls = useRecentCalls(isFollowing);
  if (calls === "failed") return <p class="notice">{t.failed}</p>;
  const shown = calls?.filter((call) => fits(call, filter, failedOnly)) ?? [];
  const chosen = calls?.find(({ requestId }) => requestId === open);
  return (
    <div class="inspector">
      {keepsParameters ? <p class="alert keeps">{t.keeps}</p> : null}
      <div class="row inspector-tools">
        <input
          type="search"
          aria-label={t.filter}
          placeholder={t.filterHelp}
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <Check label={t.failedOnly} isOn={failedOnly} onChange={setFailedOnly} />
        <Check label={t.follow} isOn={isFollowing} onChange={setFollowing} />
      </div>
      <div class={chosen === undefined ? "inspector-lists" : "inspector-lists with-details"}>
        <Calls all={calls} shown={shown} open={open} onOpen={setOpen} />
        {chosen === undefined ? null : (
          <CallDetails
            call={chosen}
            keepsParameters={keepsParameters}
            onClose={() => setOpen(undefined)}
          />
        )}
      </div>
    </div>
  );
}

interface CallsProps {
  readonly all: readonly RecentCall[] | undefined;
  readonly shown: readonly RecentCall[];
  readonly open: string | undefined;
  readonly onOpen: (requestId: string) => void;
}

function Calls({ all = [], shown, open, onOpen }: CallsProps) {
  const t = useTexts(INSPECTOR_TEXTS);
  if (shown.length > 0) return <CallTable calls={shown} open={open} onOpen={onOpen} />;
  return <p class="card help">{all.length === 0 ? t.none : t.noneFits}</p>;
}

interface CheckProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Check({ label, isOn, onChange }: CheckProps) {
  return (
    <label class="row">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  );
}
