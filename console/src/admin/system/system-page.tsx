import { fill, useTexts } from "../../i18n/texts.ts";
import type { SystemAnswer } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { formatBytes, formatNumber } from "../parts/format.ts";
import { Problem } from "../parts/problem.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { DeleteResults } from "./delete-results.tsx";
import { durationText } from "./duration-text.ts";
import { Figures } from "./figures.tsx";
import { ModelTable } from "./model-table.tsx";
import { SYSTEM_TEXTS } from "./system-texts.ts";
import "./system.css";

const REFRESH_MS = 5_000;

/** What runs and how it is. */
export function SystemPage() {
  const t = useTexts({ ...ADMIN_TEXTS, ...SYSTEM_TEXTS });
  const { answer, problem } = useAnswer<SystemAnswer>("system", REFRESH_MS);
  return (
    <div class="page">
      <div class="row spread">
        <h1>{t.title}</h1>
        <span class="help">{t.refreshed}</span>
      </div>
      <Problem text={problem} />
      {answer === undefined ? <p class="help">{t.loading}</p> : <SystemView system={answer} />}
    </div>
  );
}

function SystemView({ system }: { readonly system: SystemAnswer }) {
  const t = useTexts(SYSTEM_TEXTS);
  return (
    <>
      <HealthView system={system} />
      <div class="system-columns">
        <Workers workers={system.workers} />
        <div class="system-side">
          <Results results={system.results} />
          <DeleteResults />
        </div>
      </div>
      <section class="card" aria-labelledby="system-models">
        <h2 id="system-models">{t.models}</h2>
        <ModelTable models={system.models} />
      </section>
      <section class="card" aria-labelledby="system-versions">
        <h2 id="system-versions">{t.versions}</h2>
        <Figures figures={Object.entries(system.versions)} />
      </section>
    </>
  );
}

function HealthView({ system: { health, uptimeSeconds } }: { readonly system: SystemAnswer }) {
  const t = useTexts(SYSTEM_TEXTS);
  const phases: Readonly<Record<string, string>> = {
    starting: t.starting,
    serving: t.serving,
    draining: t.draining,
  };
  return (
    <section class="card">
      <p class="row">
        <span class={`badge ${health.isReady ? "good" : "bad"}`}>
          {health.isReady ? t.ready : t.notReady}
        </span>
        {phases[health.phase] ?? health.phase}
        <span class="help">{fill(t.uptime, { time: durationText(uptimeSeconds) })}</span>
      </p>
      {health.reasons.length === 0 ? null : (
        <ul class="alert">
          {health.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Workers({ workers }: Pick<SystemAnswer, "workers">) {
  const t = useTexts(SYSTEM_TEXTS);
  const all = workers.busy + workers.idle + workers.starting;
  return (
    <section class="card" aria-labelledby="system-workers">
      <h2 id="system-workers">{t.workers}</h2>
      <div class="worker-dots" aria-hidden="true">
        {Array.from({ length: all }, (_, i) => (
          <span
            key={i}
            class={i < workers.busy ? "busy" : i < all - workers.starting ? "idle" : ""}
          />
        ))}
      </div>
      <Figures
        figures={[
          [t.busy, formatNumber(workers.busy)],
          [t.idle, formatNumber(workers.idle)],
          [t.startingUp, formatNumber(workers.starting)],
          [
            t.queue,
            `${formatNumber(workers.queued)} ${fill(t.ofLimit, { n: formatNumber(workers.queueLimit) })}`,
          ],
          [t.wait, durationText(workers.waitEstimateMs / 1000)],
          [t.done, formatNumber(workers.jobsDone)],
          [t.memory, formatBytes(workers.rssBytes)],
          [t.crashed, formatNumber(workers.crashed)],
          [t.killed, formatNumber(workers.killed)],
          [t.hung, formatNumber(workers.hung)],
          [t.recycled, formatNumber(workers.recycled)],
        ]}
      />
    </section>
  );
}

function Results({ results }: Pick<SystemAnswer, "results">) {
  const t = useTexts(SYSTEM_TEXTS);
  const share = results.quotaBytes === 0 ? 0 : results.usedBytes / results.quotaBytes;
  return (
    <section class="card" aria-labelledby="system-results">
      <h2 id="system-results">{t.results}</h2>
      {results.shortage === undefined ? null : (
        <p class="alert">{fill(t.shortage, { reason: results.shortage })}</p>
      )}
      <progress max={1} value={Math.min(1, share)} aria-label={t.used} />
      <Figures
        figures={[
          [
            t.used,
            `${formatBytes(results.usedBytes)} ${fill(t.quota, { size: formatBytes(results.quotaBytes) })}`,
          ],
          ...(results.disk === undefined
            ? []
            : [[t.free, formatBytes(results.disk.freeBytes)] as const]),
          [t.stored, formatNumber(results.stored)],
          [t.expired, formatNumber(results.deletedExpired)],
          [t.asked, formatNumber(results.deletedOnRequest)],
        ]}
      />
    </section>
  );
}
