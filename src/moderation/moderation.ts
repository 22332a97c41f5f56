/** What a picture is in its fusion. */
export type PictureRole = "template" | "user" | "result";

/** A picture as it was sent or will be answered: encoded, JPEG or PNG. */
export interface ModeratedPicture {
  readonly role: PictureRole;
  readonly bytes: Uint8Array;
}

/** Whose call it is. */
export interface ModeratedCall {
  readonly requestId: string;
  readonly accountId: string;
  /** Aborts when the call ends. */
  readonly signal: AbortSignal;
}

/** The port: decides whether one picture may be fused or answered. */
export interface Moderator {
  /**
   * Throws `moderation-refused` for a picture that must not be used, and `moderation-unavailable`, `moderation-empty` or
   * `moderation-unreadable` when nothing can be decided: what cannot be checked is not used.
   */
  check(picture: ModeratedPicture, call: ModeratedCall): Promise<void>;
}

/** All moderators of a server over the pictures that the operator chose. */
export interface Moderation {
  /** Tells whether pictures of a role are looked at. */
  covers(role: PictureRole): boolean;
  /** Checks pictures side by side, one used twice once; throws what the moderators throw. */
  check(pictures: readonly ModeratedPicture[], call: ModeratedCall): Promise<void>;
}

/** Joins moderators, of which the cheapest comes first; undefined when there is none. */
export function createModeration(
  moderators: readonly Moderator[],
  roles: readonly PictureRole[],
): Moderation | undefined {
  if (moderators.length === 0) return undefined;
  const covers = (role: PictureRole): boolean => roles.includes(role);
  return {
    covers,
    async check(pictures, call) {
      const due = firstUses(pictures.filter(({ role }) => covers(role)));
      for (const moderator of moderators) {
        await Promise.all(due.map((picture) => moderator.check(picture, call)));
      }
    },
  };
}

function firstUses(pictures: readonly ModeratedPicture[]): readonly ModeratedPicture[] {
  return pictures.filter(
    ({ bytes }, i) => pictures.findIndex((picture) => picture.bytes === bytes) === i,
  );
}
