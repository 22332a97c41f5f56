/** MediaPipe's canonical face: a metric head model with texture coordinates. */
export interface CanonicalGeometry {
  /** x y z of 468 vertices, cm; x to the face's left, y up, z towards the viewer. */
  readonly positions: Float32Array;
  /** u v of 468 vertices, 0..1, v downwards as in a picture. */
  readonly uvs: Float32Array;
  /** Vertex numbers of 898 triangles, three each. */
  readonly triangles: Uint16Array;
}

/** Floats of a vertex: x y z u v, VERTEX_PT in mesh_3d.proto. */
const VERTEX_FLOATS = 5;

/**
 * Reads MediaPipe's geometry_pipeline_metadata_landmarks.binarypb: field 1 of the message is the mesh, whose
 * field 3 lists the vertices' floats and field 4 the triangles. Throws a RangeError for another layout.
 */
export function parseCanonicalGeometry(bytes: Uint8Array): CanonicalGeometry {
  const mesh = fieldsOf(bytes).find((field) => field.number === 1);
  if (!(mesh?.value instanceof Uint8Array)) throw new RangeError("The geometry has no mesh.");
  const fields = fieldsOf(mesh.value);
  const floats = numbersOf(fields, 3);
  const triangles = Uint16Array.from(numbersOf(fields, 4));
  const count = floats.length / VERTEX_FLOATS;
  if (!Number.isInteger(count) || triangles.length % 3 !== 0) {
    throw new RangeError("The geometry's lists have odd lengths.");
  }
  const positions = new Float32Array(count * 3);
  const uvs = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    positions.set(floats.slice(i * VERTEX_FLOATS, i * VERTEX_FLOATS + 3), i * 3);
    uvs.set(floats.slice(i * VERTEX_FLOATS + 3, (i + 1) * VERTEX_FLOATS), i * 2);
  }
  return { positions, uvs, triangles };
}

/** A field of a protocol buffers message: a number (varint, float) or the bytes of a nested one. */
interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

function numbersOf(fields: readonly Field[], number: number): number[] {
  return fields.flatMap((field) =>
    field.number === number && typeof field.value === "number" ? field.value : [],
  );
}

function fieldsOf(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const digit = view.getUint8(at++);
      value += (digit & 127) * weight;
      if (digit < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const kind = tag & 7;
    if (kind === 0) {
      fields.push({ number: tag >> 3, value: varint() });
    } else if (kind === 5) {
      fields.push({ number: tag >> 3, value: view.getFloat32(at, true) });
      at += 4;
    } else if (kind === 2) {
      const length = varint();
      fields.push({ number: tag >> 3, value: bytes.subarray(at, at + length) });
      at += length;
    } else {
      throw new RangeError(`Wire type ${kind} is not expected in a geometry file.`);
    }
  }
  return fields;
}
