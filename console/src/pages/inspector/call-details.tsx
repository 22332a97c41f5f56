import { useState } from "preact/hooks";
import type { RecentCall } from "../../api/recent-call.ts";
import { useTexts } from "../../i18n/texts.ts";
import { StepTimes } from "../../parts/step-times.tsx";
import { Icon } from "../../shell/icon.tsx";
import { goTo } from "../../shell/router.ts";
import { handOver } from "../explorer/hand-over.ts";
import { durationText } from "./format.ts";
import { INSPECTOR_TEXTS } from "./inspector-texts.ts";
import { fetchParameters } from "./kept-parameters.ts";

interface CallDetailsProps {
  readonly call: RecentCall;
  readonly keepsParameters: boolean;
  readonly onClose: () => void;
}

/** All that is known of a call. */
export function CallDetails({ call, keepsParameters, onClose }: CallDetailsProps) {
  const t = useTexts(INSPECTOR_TEXTS);
  return (
    <section class="card call-details" aria-label={t.details}>
      <div class="row spread">
        <h2>{call.action ?? t.details}</h2>
        <button type="button" class="quiet square small" aria-label={t.close} onClick={onClose}>
          <Icon name="close" size={16} />
        </button>
      </div>
      <dl>
        {factsOf(call, t).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {call.stepMs === undefined ? null : (
        <>
          <h3>{t.times}</h3>
          <StepTimes stepMs={call.stepMs} />
        </>
      )}
      <Replay call={call} keepsParameters={keepsParameters} />
    </section>
  );
}

type InspectorTexts = { readonly [K in keyof typeof INSPECTOR_TEXTS]: string };

function factsOf(call: RecentCall, t: InspectorTexts): readonly (readonly [string, string])[] {
  const { width, height, format } = call;
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ["RequestId", call.requestId],
    [t.result, call.code ?? t.success],
    [t.reason, call.reason],
    [t.signature, call.family],
    [t.key, call.secretId],
    [t.client, call.client],
    [t.faces, call.faces],
    [t.modelType, call.modelType],
    [t.delivery, call.delivery],
    [t.picture, width === undefined ? undefined : `${width} × ${height}, ${format ?? ""}`],
    [t.waited, call.queueMs === undefined ? undefined : durationText(call.queueMs)],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
}

function Replay({ call, keepsParameters }: Omit<CallDetailsProps, "onClose">) {
  const t = useTexts(INSPECTOR_TEXTS);
  const [isGone, setGone] = useState(false);
  const { action, requestId } = call;
  if (action === undefined) return null;
  async function replay(name: string): Promise<void> {
    const parameters = await fetchParameters(requestId);
    setGone(parameters === undefined);
    if (parameters === undefined) return;
    handOver(name, parameters);
    goTo("/explorer");
  }
  return (
    <div class="row">
      {keepsParameters ? (
        <button type="button" class="primary" onClick={() => replay(action)}>
          {t.replayKept}
        </button>
      ) : (
        <button type="button" onClick={() => goTo("/explorer", { action })}>
          {t.replay}
        </button>
      )}
      {isGone ? (
        <span class="help" role="status">
          {t.gone}
        </span>
      ) : null}
    </div>
  );
}
