import { fill, useTexts } from "../../i18n/texts.ts";
import type { DayUsage } from "../admin-answers.ts";
import { formatNumber } from "../parts/format.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import type { UsageBar } from "./usage-bars.ts";
import { usageBars } from "./usage-bars.ts";
import { UsageTable } from "./usage-table.tsx";

const WIDTH = 620;
const HEIGHT = 180;
const LEFT = 44;
const BOTTOM = 22;
const TOP = 8;

interface UsageChartProps {
  readonly days: readonly DayUsage[];
  /** `YYYY-MM-DD`, the last day that is shown. */
  readonly today: string;
}

/** Bars of the last 31 days, one colour an action; a table says the same in words. */
export function UsageChart({ days, today }: UsageChartProps) {
  const t = useTexts(ACCOUNTS_TEXTS);
  const { bars, actions, sum, most, top } = usageBars(days, today);
  const yOf = (calls: number): number => HEIGHT - BOTTOM - (calls / top) * (HEIGHT - BOTTOM - TOP);
  return (
    <figure class="usage-chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={fill(t.chartLabel, { n: formatNumber(sum), most: formatNumber(most) })}
      >
        {[0, top / 2, top].map((calls) => (
          <g key={calls}>
            <line class="grid" x1={LEFT} x2={WIDTH} y1={yOf(calls)} y2={yOf(calls)} />
            <text x={LEFT - 6} y={yOf(calls) + 4} text-anchor="end">
              {formatNumber(calls)}
            </text>
          </g>
        ))}
        {bars.map((bar, i) => (
          <Bar key={bar.day} bar={bar} at={i} count={bars.length} colors={actions} yOf={yOf} />
        ))}
      </svg>
      <figcaption class="row help">
        {actions.map((action, i) => (
          <span key={action} class={`usage-key color-${i % 3}`}>
            {action}
          </span>
        ))}
      </figcaption>
      <DayTable days={days} />
    </figure>
  );
}

interface BarProps {
  readonly bar: UsageBar;
  readonly at: number;
  readonly count: number;
  readonly colors: readonly string[];
  readonly yOf: (calls: number) => number;
}

function Bar({ bar, at, count, colors, yOf }: BarProps) {
  const step = (WIDTH - LEFT) / count;
  const x = LEFT + at * step;
  return (
    <g>
      <title>{`${bar.day}: ${formatNumber(bar.calls)}`}</title>
      {bar.parts.map(({ action, from, to }) => (
        <rect
          key={action}
          class={`color-${colors.indexOf(action) % 3}`}
          x={x + step * 0.15}
          width={step * 0.7}
          y={yOf(to)}
          height={yOf(from) - yOf(to)}
          rx={2}
        />
      ))}
      {(count - 1 - at) % 5 === 0 ? (
        <text x={x + step} y={HEIGHT - 6} text-anchor="end">
          {bar.day.slice(5)}
        </text>
      ) : null}
    </g>
  );
}

function DayTable({ days }: Pick<UsageChartProps, "days">) {
  const t = useTexts(ACCOUNTS_TEXTS);
  return (
    <details>
      <summary>{t.asTable}</summary>
      <UsageTable period={t.day} rows={days.map(({ day, ...row }) => ({ period: day, ...row }))} />
    </details>
  );
}
