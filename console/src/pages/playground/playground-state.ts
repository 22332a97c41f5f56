import { createStore } from "../../state/store.ts";
import type { FoundFaces } from "./found-faces.ts";
import type { Logo } from "./logo-rect.ts";
import type { Picture } from "./picture.ts";

/** A chosen picture and what has been found in it so far. */
export interface ChosenPicture {
  readonly id: number;
  readonly picture: Picture;
  /** Undefined while the server looks. */
  readonly found: FoundFaces | undefined;
  /** The server's words when it could not look. */
  readonly fault: string | undefined;
}

/** A person who is put into the template. */
export interface User extends ChosenPicture {
  /** Which face of the photo, by its number in `found.faces`. */
  readonly face: number;
  /** Which face of the template; undefined leaves the person out. */
  readonly templateFace: number | undefined;
}

/** Values of the sliders and cards. */
export interface Options {
  readonly modelType: number;
  readonly warp: number;
  readonly enhance: number;
  readonly smooth: number;
  readonly teeth: boolean;
  readonly makeup: boolean;
  readonly label: "default" | "own" | "none";
  /** For an own label; without one the default text is drawn. */
  readonly logo: Logo | undefined;
}

/** All that a person has chosen on the page. */
export interface Choices {
  readonly template: ChosenPicture | undefined;
  readonly users: readonly User[];
  readonly options: Options;
  /** The person whom the next click on a face of the template is about. */
  readonly activeUser: number | undefined;
}

/** The API's recommended values. */
export const USUAL_OPTIONS: Options = {
  modelType: 1,
  warp: 0.7,
  enhance: 0.5,
  smooth: 0.5,
  teeth: true,
  makeup: false,
  label: "default",
  logo: undefined,
};

/** Users of one call. */
export const MAX_USERS = 6;

/** The choices; they outlive a visit to another page. */
export const choices = createStore<Choices>({
  template: undefined,
  users: [],
  options: USUAL_OPTIONS,
  activeUser: undefined,
});

/** Changes some of the options. */
export function setOptions(change: Partial<Options>): void {
  choices.set((now) => ({ ...now, options: { ...now.options, ...change } }));
}

/** Changes one user. */
export function setUser(id: number, change: Partial<User>): void {
  choices.set((now) => ({
    ...now,
    users: now.users.map((user) => (user.id === id ? { ...user, ...change } : user)),
  }));
}

/** Gives a face of the template to a user; whoever had it gives it up. */
export function giveFace(userId: number, templateFace: number | undefined): void {
  choices.set((now) => ({
    ...now,
    activeUser: undefined,
    users: now.users.map((user) => {
      if (user.id === userId) return { ...user, templateFace };
      const isTaken = templateFace !== undefined && user.templateFace === templateFace;
      return isTaken ? { ...user, templateFace: undefined } : user;
    }),
  }));
}

/** Gives every user without a face of the template the largest one that is left. */
export function giveFreeFaces({ template, users, ...rest }: Choices): Choices {
  const count = template?.found?.faces.length ?? 0;
  const taken = new Set<number>();
  const kept = users.map((user) => {
    const { templateFace } = user;
    const isGood = templateFace !== undefined && templateFace < count && !taken.has(templateFace);
    if (isGood) taken.add(templateFace);
    return isGood ? user : { ...user, templateFace: undefined };
  });
  const free = Array.from({ length: count }, (_, i) => i).filter((i) => !taken.has(i));
  return {
    ...rest,
    template,
    users: kept.map((user) =>
      user.templateFace === undefined ? { ...user, templateFace: free.shift() } : user,
    ),
  };
}
