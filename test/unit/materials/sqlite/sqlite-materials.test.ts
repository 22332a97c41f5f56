import assert from "node:assert/strict";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { createSqliteMaterials } from "../../../../src/materials/sqlite/sqlite-materials.ts";
import { aMaterial } from "../../../support/materials.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

const START_MS = Date.UTC(2030, 0, 28);

async function openStore(nowMs = () => START_MS) {
  const folder = await createTemporaryFolder();
  const open = () => createSqliteMaterials({ dataDir: folder.path, nowMs });
  const materials = await open();
  return {
    materials,
    open,
    folder: join(folder.path, "materials"),
    async [Symbol.asyncDispose]() {
      await materials[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const picturesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => !name.startsWith("materials.db"));

test("a material is found as it was added, its faces numbered behind its id", async () => {
  await using store = await openStore();
  const { id } = await store.materials.add(aMaterial());
  assert.match(id, /^mt_[1-9]\d{17}$/);
  assert.deepEqual(await store.materials.find(id), {
    id,
    activityId: "at_1",
    name: "poster",
    state: "in-review",
    auditResult: "",
    faces: [
      { id: `${id}_1`, box: { x: 10, y: 20, width: 100, height: 120 } },
      { id: `${id}_2`, box: { x: 200, y: 20, width: 90, height: 110 } },
    ],
    createdAtMs: START_MS,
    updatedAtMs: START_MS,
  });
  assert.deepEqual(await store.materials.readPicture(id), Buffer.from("a picture"));
});

test("another process sees a change with its next look, and a new start finds everything", async () => {
  await using store = await openStore();
  const other = await store.open();
  const { id } = await store.materials.add(aMaterial());
  assert.equal((await other.find(id))?.state, "in-review");
  await store.materials.review(id, "approved", "fine");
  assert.equal((await other.find(id))?.state, "approved");
  await other[Symbol.asyncDispose]();
  const later = await store.open();
  assert.equal((await later.find(id))?.auditResult, "fine");
  await later[Symbol.asyncDispose]();
});

test("a review moves the time of change, not that of making", async () => {
  let now = START_MS;
  await using store = await openStore(() => now);
  const { id } = await store.materials.add(aMaterial());
  now += 5_000;
  const reviewed = await store.materials.review(id, "rejected", "blurred");
  assert.deepEqual(
    [reviewed?.state, reviewed?.auditResult, reviewed?.createdAtMs, reviewed?.updatedAtMs],
    ["rejected", "blurred", START_MS, START_MS + 5_000],
  );
  assert.equal(await store.materials.review("mt_none", "approved", ""), undefined);
});

test("a list has an activity's materials in the order of their making, in parts, with the count of all", async () => {
  await using store = await openStore();
  for (const id of ["c", "a", "b"]) await store.materials.add(aMaterial({ id }));
  await store.materials.add(aMaterial({ id: "d", activityId: "at_2" }));
  const idsOf = async (query: { activityId?: string; limit: number; offset: number }) => {
    const { materials, count } = await store.materials.list(query);
    return [materials.map(({ id }) => id).join(), count];
  };
  assert.deepEqual(await idsOf({ activityId: "at_1", limit: 20, offset: 0 }), ["c,a,b", 3]);
  assert.deepEqual(await idsOf({ activityId: "at_1", limit: 1, offset: 1 }), ["a", 3]);
  assert.deepEqual(await idsOf({ activityId: "at_1", limit: 20, offset: 3 }), ["", 3]);
  assert.deepEqual(await idsOf({ limit: 20, offset: 0 }), ["c,a,b,d", 4]);
});

test("an activity of one account is not there for others, and one without account is for all", async () => {
  await using store = await openStore();
  await store.materials.add(aMaterial({ accountId: "mine" }));
  await store.materials.add(aMaterial({ activityId: "at_all" }));
  assert.equal(await store.materials.hasActivity("at_1", "mine"), true);
  assert.equal(await store.materials.hasActivity("at_1", "other"), false);
  assert.equal(await store.materials.hasActivity("at_all", "other"), true);
  assert.equal(await store.materials.hasActivity("at_none", "other"), false);
});

test("a refused material leaves no picture behind", async () => {
  await using store = await openStore();
  await store.materials.add(aMaterial({ id: "mt_1", accountId: "mine" }));
  for (const [what, change] of [
    ["an id that is taken", { id: "mt_1" }],
    ["an id that is a path", { id: "../mt_2" }],
    ["an activity without id", { activityId: "" }],
    ["another account's activity", { accountId: "other" }],
    ["no face", { faceBoxes: [] }],
  ] as const) {
    await assert.rejects(
      store.materials.add(aMaterial(change)),
      { reason: "field-value-invalid" },
      what,
    );
  }
  assert.equal((await picturesIn(store.folder)).length, 1);
});

test("a deleted material is gone with its picture, and its id can be used again", async () => {
  await using store = await openStore();
  const { id } = await store.materials.add(aMaterial());
  assert.equal(await store.materials.remove(id), true);
  assert.equal(await store.materials.remove(id), false);
  assert.equal(await store.materials.find(id), undefined);
  assert.deepEqual(await picturesIn(store.folder), []);
  await store.materials.add(aMaterial({ id }));
});

test("a picture file that somebody deleted is undefined, not a failure", async () => {
  await using store = await openStore();
  const { id } = await store.materials.add(aMaterial());
  const [file] = await picturesIn(store.folder);
  await rm(join(store.folder, file!));
  assert.equal(await store.materials.readPicture(id), undefined);
});

test("nobody but the owner may look into the store", async () => {
  await using store = await openStore();
  await store.materials.add(aMaterial());
  assert.equal((await stat(store.folder)).mode & 0o777, 0o700);
  for (const name of await picturesIn(store.folder)) {
    assert.equal((await stat(join(store.folder, name))).mode & 0o777, 0o600);
  }
});
