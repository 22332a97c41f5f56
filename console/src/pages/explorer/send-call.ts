import { type Call, prepareCall, sendCall } from "../../api/call-api.ts";
import { session } from "../../api/session.ts";
import { fetchSample } from "../playground/choose-pictures.ts";
import { readPicture } from "../playground/picture.ts";
import { explored, setParameter, shownValues } from "./explorer-state.ts";

/** Signs the call that is filled in, and sends it if that is wanted. */
export async function signShown(version: string, sends: boolean): Promise<void> {
  const key = session.get();
  if (key === undefined) return;
  const now = explored.get();
  const body = JSON.stringify(shownValues(now));
  const call: Call = { action: now.action, version, body, region: now.region };
  explored.set({ ...now, answer: undefined, isLost: false, isRunning: sends });
  const prepared = await prepareCall(call, key);
  explored.set((later) => ({ ...later, prepared }));
  if (!sends) return;
  try {
    const answer = await sendCall(prepared, call);
    explored.set((later) => ({ ...later, answer, isRunning: false }));
  } catch {
    explored.set((later) => ({ ...later, isLost: true, isRunning: false }));
  }
}

/** Fills in pictures that come with the console, as far as the action takes any. */
export async function fillInDrawings(action: string): Promise<void> {
  const [template, user] = await Promise.all(["mei", "ana"].map(base64OfSample));
  if (action === "FuseFaceUltra") setParameter(["ModelImage"], template);
  setParameter(["MergeInfos", 0, "Image"], user);
}

async function base64OfSample(name: string): Promise<string> {
  const { base64, url } = await readPicture(await fetchSample(name), name);
  URL.revokeObjectURL(url);
  return base64;
}
