import { useState } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import { goTo, place } from "../../shell/router.ts";
import { useStore } from "../../state/store.ts";
import type { AdminMaterial } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { Problem } from "../parts/problem.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { MaterialCard } from "./material-card.tsx";
import { MATERIALS_TEXTS } from "./materials-texts.ts";
import "./materials.css";

const PAGE_SIZE = 24;

/** Materials with their faces: `#/materials?activity=ID&from=24`. */
export function MaterialsPage() {
  const t = useTexts({ ...ADMIN_TEXTS, ...MATERIALS_TEXTS });
  const { query } = useStore(place);
  const activity = query.get("activity") ?? "";
  const from = Math.max(0, Math.trunc(Number(query.get("from"))) || 0);
  const filter = activity === "" ? "" : `&activityId=${encodeURIComponent(activity)}`;
  const { answer, problem, reload } = useAnswer<{
    readonly materials: readonly AdminMaterial[];
    readonly count: number;
  }>(`materials?limit=${PAGE_SIZE}&offset=${from}${filter}`);
  return (
    <div class="page">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ActivityFilter key={activity} activity={activity} />
      <Problem text={problem} />
      {answer === undefined ? <p class="help">{t.loading}</p> : null}
      {answer?.count === 0 ? (
        <p class="card">{activity === "" ? t.empty : t.emptyActivity}</p>
      ) : null}
      <ul class="materials">
        {answer?.materials.map((material) => (
          <MaterialCard
            key={`${material.id} ${material.updatedAt}`}
            material={material}
            onChange={reload}
          />
        ))}
      </ul>
      {answer === undefined || answer.count === 0 ? null : (
        <Pager from={from} count={answer.count} activity={activity} />
      )}
    </div>
  );
}

function ActivityFilter({ activity }: { readonly activity: string }) {
  const t = useTexts(MATERIALS_TEXTS);
  const [text, setText] = useState(activity);
  return (
    <form
      class="materials-filter"
      onSubmit={(event) => {
        event.preventDefault();
        goTo("/materials", text === "" ? {} : { activity: text });
      }}
    >
      <div class="field">
        <label for="materials-activity">{t.filter}</label>
        <input
          id="materials-activity"
          autocomplete="off"
          maxLength={64}
          placeholder={t.activity}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <button type="submit">{t.show}</button>
    </form>
  );
}

interface PagerProps {
  readonly from: number;
  readonly count: number;
  readonly activity: string;
}

function Pager({ from, count, activity }: PagerProps) {
  const t = useTexts(MATERIALS_TEXTS);
  const to = Math.min(count, from + PAGE_SIZE);
  const show = (start: number): void =>
    goTo("/materials", {
      ...(activity === "" ? {} : { activity }),
      ...(start === 0 ? {} : { from: String(start) }),
    });
  return (
    <nav class="row" aria-label={t.title}>
      <button
        type="button"
        disabled={from === 0}
        onClick={() => show(Math.max(0, from - PAGE_SIZE))}
      >
        {t.previous}
      </button>
      <span class="help">{fill(t.count, { from: from + 1, to, n: count })}</span>
      <button type="button" disabled={to >= count} onClick={() => show(from + PAGE_SIZE)}>
        {t.next}
      </button>
    </nav>
  );
}
