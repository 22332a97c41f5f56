import { useEffect, useRef, useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import { Icon } from "../../shell/icon.tsx";
import { BeforeAfter } from "./before-after.tsx";
import { type FusionRun, runs } from "./fusion-run.ts";
import type { ChosenPicture } from "./playground-state.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";

interface ResultViewProps {
  readonly run: FusionRun;
  readonly template: ChosenPicture;
}

const ZOOMS = [1, 2, 4, 8] as const;

/** The fused picture beside the template, to be looked at closely and taken away. */
export function ResultView({ run, template }: ResultViewProps) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const [zoom, setZoom] = useState(0);
  const section = useScrollTo(run.id);
  const { imageUrl = "" } = run;
  const { width, height } = template.found ?? { width: 4, height: 3 };
  const ratio = width / height;
  const extension = imageUrl.startsWith("data:image/png") ? "png" : "jpg";
  return (
    <section class="card stage" aria-label={t.result} ref={section}>
      <div class="row spread">
        <h2>{t.result}</h2>
        <div class="row">
          <ZoomButton label={t.zoomOut} icon="−" at={zoom - 1} onZoom={setZoom} />
          <span class="zoom">{ZOOMS[zoom]}×</span>
          <ZoomButton label={t.zoomIn} icon="+" at={zoom + 1} onZoom={setZoom} />
          <a class="button small" href={imageUrl} download={`fused.${extension}`}>
            <Icon name="download" size={16} />
            {t.download}
          </a>
          <button type="button" class="small" onClick={backToFaces}>
            {t.again}
          </button>
        </div>
      </div>
      <BeforeAfter
        before={template.picture.url}
        after={imageUrl}
        zoom={ZOOMS[zoom] ?? 1}
        ratio={ratio}
      />
    </section>
  );
}

/** Where the page is one long column, a new result is above what the person looks at. */
function useScrollTo(runId: string) {
  const section = useRef<HTMLElement>(null);
  // The run's id is not read: a new run is the reason to scroll.
  useEffect(() => section.current?.scrollIntoView({ block: "nearest" }), [runId]);
  return section;
}

interface ZoomButtonProps {
  readonly label: string;
  readonly icon: string;
  readonly at: number;
  readonly onZoom: (at: number) => void;
}

function ZoomButton({ label, icon, at, onZoom }: ZoomButtonProps) {
  return (
    <button
      type="button"
      class="small square"
      aria-label={label}
      title={label}
      disabled={ZOOMS[at] === undefined}
      onClick={() => onZoom(at)}
    >
      {icon}
    </button>
  );
}

function backToFaces(): void {
  runs.set((now) => ({ ...now, main: undefined }));
}
