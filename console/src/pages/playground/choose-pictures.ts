import { session } from "../../api/session.ts";
import { type FoundFaces, findFaces } from "./found-faces.ts";
import type { Picture } from "./picture.ts";
import { forgetPicture, readPicture } from "./picture.ts";
import { choices, giveFreeFaces, MAX_USERS } from "./playground-state.ts";

let lastId = 0;

/** Takes a file as the template. Throws a PictureFault. */
export async function chooseTemplate(file: Blob, name: string): Promise<void> {
  const picture = await readPicture(file, name);
  const old = choices.get().template;
  if (old !== undefined) forgetPicture(old.picture);
  const template = { ...chosen(picture) };
  choices.set((now) => ({ ...now, template, activeUser: undefined }));
  await look(template.id, picture);
}

/** Takes a file as one more user, up to the API's limit. Throws a PictureFault. */
export async function addUser(file: Blob, name: string): Promise<void> {
  if (choices.get().users.length >= MAX_USERS) return;
  const picture = await readPicture(file, name);
  const user = { ...chosen(picture), face: 0, templateFace: undefined };
  choices.set((now) => giveFreeFaces({ ...now, users: [...now.users, user] }));
  await look(user.id, picture);
}

/** Leaves a user out again. */
export function removeUser(id: number): void {
  const user = choices.get().users.find((one) => one.id === id);
  if (user !== undefined) forgetPicture(user.picture);
  choices.set((now) => ({
    ...now,
    users: now.users.filter((one) => one.id !== id),
    activeUser: undefined,
  }));
}

/** Takes a picture that comes with the console. */
export async function fetchSample(name: string): Promise<Blob> {
  return await (await fetch(`samples/${name}.jpg`)).blob();
}

function chosen(picture: Picture) {
  lastId += 1;
  return { id: lastId, picture, found: undefined, fault: undefined };
}

async function look(id: number, picture: Picture): Promise<void> {
  const key = session.get();
  if (key === undefined) return;
  try {
    note(id, { found: await findFaces(picture, key) });
  } catch (error) {
    note(id, { fault: (error as Error).message });
  }
}

/** The picture may have been replaced meanwhile; then nobody has the id any more. */
function note(id: number, change: { found: FoundFaces } | { fault: string }): void {
  choices.set((now) =>
    giveFreeFaces({
      ...now,
      template: now.template?.id === id ? { ...now.template, ...change } : now.template,
      users: now.users.map((user) => (user.id === id ? { ...user, ...change } : user)),
    }),
  );
}
