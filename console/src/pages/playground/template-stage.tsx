import { fill, useTexts } from "../../i18n/texts.ts";
import { DropZone } from "../../parts/drop-zone.tsx";
import { useStore } from "../../state/store.ts";
import { fetchSample } from "./choose-pictures.ts";
import { FaceBoxes, type ShownFace } from "./face-boxes.tsx";
import { runs } from "./fusion-run.ts";
import { type Choices, choices, giveFace } from "./playground-state.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";
import { Samples } from "./samples.tsx";

/** A file, or a sample under its name. */
export type GivenFile = File | { readonly blob: Blob; readonly name: string };

interface TakesFiles {
  readonly onFiles: (files: readonly GivenFile[]) => void;
}

/** The template with its faces, or the place to drop one. */
export function TemplateStage({ onFiles }: TakesFiles) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const now = useStore(choices);
  if (now.template === undefined) return <EmptyStage onFiles={onFiles} />;
  const { picture, found, fault } = now.template;
  const isPicking = now.activeUser !== undefined;
  return (
    <section class="card stage" aria-label={t.template}>
      <div class="row spread">
        <h2>{t.template}</h2>
        <button type="button" class="small" onClick={clearTemplate}>
          {t.change}
        </button>
      </div>
      <FaceBoxes
        picture={picture}
        found={found}
        label={t.template}
        faces={shownFaces(now, t)}
        onChoose={(face) => giveToNext(now, face)}
      />
      <p class={isPicking ? "stage-hint" : "help"} role="status">
        {fault ?? (isPicking ? t.clickFace : countText(found?.faces.length, t))}
      </p>
    </section>
  );
}

function EmptyStage({ onFiles }: TakesFiles) {
  const t = useTexts(PLAYGROUND_TEXTS);
  return (
    <section class="card stage" aria-label={t.template}>
      <h2>{t.template}</h2>
      <DropZone title={t.templateDrop} button={t.choose} onFiles={onFiles}>
        <span class="help">{t.formats}</span>
        <Samples
          names={["duo", "mei", "kofi"]}
          onChoose={async (name) => onFiles([{ blob: await fetchSample(name), name }])}
        />
      </DropZone>
    </section>
  );
}

function clearTemplate(): void {
  runs.set({ main: undefined, strip: [], isRunning: false });
  choices.set((now) => ({ ...now, template: undefined, activeUser: undefined }));
}

type StageTexts = { readonly [K in keyof typeof PLAYGROUND_TEXTS]: string };

/** What is written on each face of the template: who goes there. */
function shownFaces({ template, users }: Choices, t: StageTexts): readonly ShownFace[] {
  return (template?.found?.faces ?? []).map((box, i) => {
    const index = users.findIndex(({ templateFace }) => templateFace === i);
    const who = index < 0 ? t.nobody : fill(t.user, { n: index + 1 });
    return {
      box,
      text: index < 0 ? "" : String(index + 1),
      name: fill(t.face, { n: i + 1 }),
      label: fill(t.faceOf, { n: i + 1, who }),
      hue: index < 0 ? undefined : index,
    };
  });
}

/** A click without a chosen user hands the face to the next one, and at last to nobody. */
function giveToNext({ users, activeUser }: Choices, face: number): void {
  const holder = users.findIndex(({ templateFace }) => templateFace === face);
  const next = activeUser ?? users[holder + 1]?.id;
  const last = users[holder];
  if (next !== undefined) giveFace(next, face);
  else if (last !== undefined) giveFace(last.id, undefined);
}

/** How many faces there are, in words; still looking for undefined. */
export function countText(count: number | undefined, t: StageTexts): string {
  if (count === undefined) return t.looking;
  if (count === 0) return t.noFace;
  return count === 1 ? t.faceFound : fill(t.facesFound, { n: count });
}
