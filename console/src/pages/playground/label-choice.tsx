import { useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import { Slider } from "../../parts/slider.tsx";
import { useStore } from "../../state/store.ts";
import { LOGO_CORNERS, type Logo, type LogoCorner } from "./logo-rect.ts";
import { readPicture } from "./picture.ts";
import { choices, type Options, setOptions } from "./playground-state.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";

/** Which visible label the result gets: the default text, none, or the caller's own picture. */
export function LabelChoice() {
  const t = useTexts(PLAYGROUND_TEXTS);
  const { label, logo } = useStore(choices).options;
  return (
    <div class="field">
      <label for="label-choice">
        {t.label} <code>LogoAdd</code>
      </label>
      <select
        id="label-choice"
        value={label}
        onChange={({ currentTarget }) =>
          setOptions({ label: currentTarget.value as Options["label"] })
        }
      >
        <option value="default">{t.labelDefault}</option>
        <option value="own">{t.labelOwn}</option>
        <option value="none">{t.labelNone}</option>
      </select>
      {label === "none" ? <span class="help">{t.labelNone_note}</span> : null}
      {label === "own" ? <OwnLabel logo={logo} /> : null}
    </div>
  );
}

function OwnLabel({ logo }: { readonly logo: Logo | undefined }) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const [isUnreadable, setUnreadable] = useState(false);
  const take = (file: File): Promise<void> =>
    takeLogo(file).then(
      () => setUnreadable(false),
      () => setUnreadable(true),
    );
  return (
    <div class="own-label">
      <input
        type="file"
        accept="image/png,image/jpeg"
        aria-label={t.labelFile}
        onChange={({ currentTarget: { files } }) => {
          const [file] = files ?? [];
          if (file !== undefined) void take(file);
        }}
      />
      {isUnreadable ? (
        <p class="alert" role="alert">
          {t.unreadable}
        </p>
      ) : null}
      {logo === undefined ? null : <LogoPlace logo={logo} />}
    </div>
  );
}

function LogoPlace({ logo }: { readonly logo: Logo }) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const change = (more: Partial<Logo>): void => setOptions({ logo: { ...logo, ...more } });
  return (
    <>
      <img class="own-label-picture" src={logo.url} alt={t.labelOwn} />
      <select
        aria-label={t.labelCorner}
        value={logo.corner}
        onChange={({ currentTarget }) => change({ corner: currentTarget.value as LogoCorner })}
      >
        {LOGO_CORNERS.map((corner) => (
          <option key={corner} value={corner}>
            {t[corner]}
          </option>
        ))}
      </select>
      <Slider
        {...{ label: t.labelWidth, value: logo.widthPercent / 100, min: 0.05 }}
        onChange={(width01) => change({ widthPercent: 100 * width01 })}
      />
    </>
  );
}

/** Takes a file as the label. Throws when a browser cannot read it. */
async function takeLogo(file: File): Promise<void> {
  const bitmap = await createImageBitmap(file);
  const { base64, url } = await readPicture(file, file.name);
  const ratio = bitmap.width / bitmap.height;
  setOptions({ logo: { base64, url, ratio, widthPercent: 25, corner: "lower-right" } });
}
