import type { RecentCall } from "../../api/recent-call.ts";
import { language } from "../../i18n/language.ts";
import { fill, useTexts } from "../../i18n/texts.ts";
import { Icon } from "../../shell/icon.tsx";
import { useStore } from "../../state/store.ts";
import { durationText, sizeText, timeText } from "./format.ts";
import { INSPECTOR_TEXTS } from "./inspector-texts.ts";

interface CallTableProps {
  readonly calls: readonly RecentCall[];
  /** RequestId of the call whose details are open. */
  readonly open: string | undefined;
  readonly onOpen: (requestId: string) => void;
}

/** Calls as rows, newest first. */
export function CallTable({ calls, open, onOpen }: CallTableProps) {
  const t = useTexts(INSPECTOR_TEXTS);
  return (
    <div class="card calls">
      <table>
        <caption class="unseen">{t.calls}</caption>
        <thead>
          <tr>
            {[t.time, t.action, t.result, t.duration, t.size, t.client].map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
            <th scope="col">
              <span class="unseen">{t.details}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <CallRow key={call.requestId} {...{ call, onOpen }} isOpen={call.requestId === open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CallRowProps {
  readonly call: RecentCall;
  readonly isOpen: boolean;
  readonly onOpen: (requestId: string) => void;
}

function CallRow({ call, isOpen, onOpen }: CallRowProps) {
  const t = useTexts(INSPECTOR_TEXTS);
  const shown = useStore(language);
  const { requestId, code, atMs, action = "–", durationMs, sourceBytes, resultBytes } = call;
  return (
    <tr class={isOpen ? "open" : undefined}>
      <td class="numbers">{timeText(atMs, shown)}</td>
      <td>{action}</td>
      <td>
        <span class={code === undefined ? "badge good" : "badge bad"}>{code ?? t.success}</span>
      </td>
      <td class="numbers">{durationText(durationMs)}</td>
      <td class="numbers">
        {sizeText(sourceBytes)} / {sizeText(resultBytes)}
      </td>
      <td class="client">{call.client ?? "–"}</td>
      <td>
        <button
          type="button"
          class="quiet square small"
          aria-expanded={isOpen}
          aria-label={fill(t.detailsOf, { id: requestId })}
          onClick={() => onOpen(requestId)}
        >
          <Icon name="chevron" size={16} />
        </button>
      </td>
    </tr>
  );
}
