/** An embedding of unit length. */
export type Embedding = ArrayLike<number>;

/** Cosine of the angle between two vectors, -1..1; 0 when one of them has no length. */
export function cosine(a: Embedding, b: Embedding): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa === 0 || bb === 0 ? 0 : dot / Math.sqrt(aa * bb);
}

/** Mean of one embedding per identity; identities seen several times count once, by their own mean. */
export function centreOf(
  embeddings: readonly { readonly identity: string; readonly embedding: Embedding }[],
): Float64Array {
  const groups = Map.groupBy(embeddings, (entry) => entry.identity);
  const size = embeddings[0]?.embedding.length ?? 0;
  const centre = new Float64Array(size);
  for (const group of groups.values()) {
    for (const { embedding } of group) {
      for (let i = 0; i < size; i++) centre[i]! += embedding[i]! / group.length / groups.size;
    }
  }
  return centre;
}

/** Cosine after the common part of all identities is taken away; raw cosines of this network are all close to 1. */
export function centredCosine(a: Embedding, b: Embedding, centre: Float64Array): number {
  const away = (v: Embedding): Float64Array => centre.map((c, i) => v[i]! - c);
  return cosine(away(a), away(b));
}

/**
 * Share of the way from the template's identity to the user's: (cos(o,u) - cos(u,t)) / (1 - cos(u,t)) on
 * centred cosines. 0 = the template untouched, 1 = the user's own embedding.
 */
export function identityTransfer(
  faces: { readonly result: Embedding; readonly user: Embedding; readonly template: Embedding },
  centre: Float64Array,
): number {
  const base = centredCosine(faces.user, faces.template, centre);
  return (centredCosine(faces.result, faces.user, centre) - base) / Math.max(1 - base, 1e-6);
}

/** The identity among candidates whose embedding is nearest to the given one, by centred cosine. */
export function nearestIdentity(
  embedding: Embedding,
  candidates: readonly { readonly identity: string; readonly embedding: Embedding }[],
  centre: Float64Array,
): string | undefined {
  let best: { identity: string; score: number } | undefined;
  for (const candidate of candidates) {
    const score = centredCosine(embedding, candidate.embedding, centre);
    if (!best || score > best.score) best = { identity: candidate.identity, score };
  }
  return best?.identity;
}
