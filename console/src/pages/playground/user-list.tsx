import { fill, useTexts } from "../../i18n/texts.ts";
import { DropZone } from "../../parts/drop-zone.tsx";
import { Icon } from "../../shell/icon.tsx";
import { useStore } from "../../state/store.ts";
import { fetchSample, removeUser } from "./choose-pictures.ts";
import { FaceBoxes } from "./face-boxes.tsx";
import { choices, giveFace, MAX_USERS, setUser, type User } from "./playground-state.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";
import { Samples } from "./samples.tsx";
import { countText, type GivenFile } from "./template-stage.tsx";

interface UserListProps {
  readonly onFiles: (files: readonly GivenFile[]) => void;
}

/** The people who are put into the template. */
export function UserList({ onFiles }: UserListProps) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const { users } = useStore(choices);
  return (
    <section class="card" aria-label={t.users}>
      <h2>{t.users}</h2>
      {users.length === 0 ? null : (
        <ul class="users">
          {users.map((user, i) => (
            <UserCard key={user.id} user={user} index={i} />
          ))}
        </ul>
      )}
      {users.length >= MAX_USERS ? null : (
        <DropZone title={t.userDrop} button={t.chooseMany} isMultiple onFiles={onFiles}>
          <Samples
            names={["ana", "ben"]}
            onChoose={async (name) => onFiles([{ blob: await fetchSample(name), name }])}
          />
        </DropZone>
      )}
    </section>
  );
}

function UserCard({ user, index }: { readonly user: User; readonly index: number }) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const faces = user.found?.faces ?? [];
  const name = fill(t.user, { n: index + 1 });
  return (
    <li class="user">
      <div class={`user-photo hue-${index}`}>
        <FaceBoxes
          picture={user.picture}
          found={user.found}
          label={name}
          faces={faces.map((box, i) => ({
            box,
            text: "",
            label: `${t.whichFace}: ${fill(t.face, { n: i + 1 })}`,
            hue: i === user.face ? index : undefined,
            isPressed: i === user.face,
          }))}
          onChoose={(face) => setUser(user.id, { face })}
        />
      </div>
      <div class="user-about">
        <div class="row spread">
          <strong>{name}</strong>
          <button
            type="button"
            class="quiet square small"
            aria-label={`${t.remove}: ${name}`}
            onClick={() => removeUser(user.id)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
        <span class="help" role="status">
          {user.fault ?? countText(user.found?.faces.length, t)}
        </span>
        <Destination user={user} name={name} />
      </div>
    </li>
  );
}

/** Which face of the template a person goes to: from a list, or by a click on the picture. */
function Destination({ user, name }: { readonly user: User; readonly name: string }) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const { template, activeUser } = useStore(choices);
  const count = template?.found?.faces.length ?? 0;
  if (count === 0) return null;
  return (
    <div class="row destination">
      <select
        aria-label={`${name} ${t.goesTo}`}
        value={user.templateFace ?? ""}
        onChange={({ currentTarget: { value } }) =>
          giveFace(user.id, value === "" ? undefined : Number(value))
        }
      >
        {Array.from({ length: count }, (_, i) => (
          <option key={fill(t.face, { n: i + 1 })} value={i}>
            → {fill(t.face, { n: i + 1 })}
          </option>
        ))}
        <option value="">{t.leftOut}</option>
      </select>
      <button
        type="button"
        class="square"
        aria-label={`${t.pick}: ${name}`}
        aria-pressed={activeUser === user.id}
        title={t.pick}
        onClick={() => togglePicking(user.id)}
      >
        <Icon name="playground" />
      </button>
    </div>
  );
}

function togglePicking(id: number): void {
  choices.set((now) => ({ ...now, activeUser: now.activeUser === id ? undefined : id }));
}
