/** Something that waits for its caller's turn. */
interface Member {
  readonly caller: string;
}

/** Who is next when callers take turns, however many members each has. */
export interface Turns<M extends Member> {
  readonly length: number;
  /** Adds a member behind its caller's others, or before everybody. */
  add(member: M, isFirst: boolean): void;
  remove(member: M): void;
  /** Takes the first member of the caller whose turn it is. */
  takeNext(): M | undefined;
  /** Takes the newest member of the caller with the most, if it has at least two more than `caller`. */
  takeSurplus(caller: string): M | undefined;
  /** Tells whether there is such a member. */
  hasSurplus(caller: string): boolean;
  all(): readonly M[];
}

/** Makes an empty round. */
export function createTurns<M extends Member>(): Turns<M> {
  const first: M[] = [];
  /** By caller; the callers stand in the order of their turns. */
  const round = new Map<string, M[]>();

  function remove(member: M): void {
    const among = first.includes(member) ? first : (round.get(member.caller) ?? []);
    among.splice(among.indexOf(member), 1);
    if (round.get(member.caller)?.length === 0) round.delete(member.caller);
  }

  /** The next turn of a caller comes after everybody else's. */
  function goToTheEnd(caller: string): void {
    const rest = round.get(caller);
    if (rest === undefined) return;
    round.delete(caller);
    round.set(caller, rest);
  }

  function surplusBeside(caller: string): M | undefined {
    const [longest = []] = [...round.values()].sort((a, b) => b.length - a.length);
    const own = round.get(caller)?.length ?? 0;
    return longest.length >= own + 2 ? longest.at(-1) : undefined;
  }

  return {
    get length() {
      return [...round.values()].reduce((sum, members) => sum + members.length, first.length);
    },
    add(member, isFirst) {
      if (isFirst) first.push(member);
      else round.set(member.caller, [...(round.get(member.caller) ?? []), member]);
    },
    remove,
    takeNext() {
      const next = first[0] ?? round.values().next().value?.[0];
      if (next === undefined) return undefined;
      remove(next);
      goToTheEnd(next.caller);
      return next;
    },
    hasSurplus: (caller) => surplusBeside(caller) !== undefined,
    takeSurplus(caller) {
      const newest = surplusBeside(caller);
      if (newest !== undefined) remove(newest);
      return newest;
    },
    all: () => [...first, ...[...round.values()].flat()],
  };
}
