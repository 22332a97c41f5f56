import { useState } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import type { AdminMaterial } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { Confirm } from "../parts/confirm.tsx";
import { formatTime } from "../parts/format.ts";
import { isUsable } from "./is-usable.ts";
import { MaterialPicture } from "./material-picture.tsx";
import { MATERIALS_TEXTS } from "./materials-texts.ts";
import { ReviewForm } from "./review-form.tsx";

interface MaterialCardProps {
  readonly material: AdminMaterial;
  readonly onChange: () => void;
}

/** One material: picture with faces, what it is, review. */
export function MaterialCard({ material, onChange }: MaterialCardProps) {
  const t = useTexts({ ...ADMIN_TEXTS, ...MATERIALS_TEXTS });
  const [isRemoving, setRemoving] = useState(false);
  const { id, name, activityId, state, faces, createdAt } = material;
  const path = `materials/${encodeURIComponent(id)}`;
  const usable = isUsable(state);
  return (
    <li class="card material">
      <MaterialPicture material={material} />
      <div>
        <div class="row spread">
          <h2>{name || id}</h2>
          <span class={`badge ${usable ? "good" : "bad"}`}>{usable ? t.usable : t.unusable}</span>
        </div>
        <p class="help">
          <code>{id}</code>
        </p>
        <p class="help">
          {t.activity} <code>{activityId}</code> ·{" "}
          {faces.length === 1 ? t.face : fill(t.faces, { n: faces.length })} ·{" "}
          {formatTime(createdAt)}
        </p>
      </div>
      <ReviewForm material={material} path={path} onSaved={onChange} />
      <button type="button" class="small danger" onClick={() => setRemoving(true)}>
        {t.remove}
        <span class="unseen"> {id}</span>
      </button>
      {isRemoving ? (
        <Confirm
          title={t.removeTitle}
          text={fill(t.removeText, { name, id })}
          verb={t.remove}
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await callAdmin("DELETE", path);
            onChange();
          }}
        />
      ) : null}
    </li>
  );
}
