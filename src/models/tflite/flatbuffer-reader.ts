/** A table of a FlatBuffers file: fields are found by their number in the schema through the table's vtable. */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** Opens the root table of a file. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Reads an unsigned byte field. */
  uint8(field: number, otherwise = 0): number {
    const at = this.#fieldAt(field);
    return at === undefined ? otherwise : this.#view.getUint8(at);
  }

  /** Reads a signed 32-bit field. */
  int32(field: number, otherwise = 0): number {
    const at = this.#fieldAt(field);
    return at === undefined ? otherwise : this.#view.getInt32(at, true);
  }

  /** Reads a string field, empty when absent. */
  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  /** Reads a vector of bytes as a view on the file, empty when absent. */
  bytes(field: number): Uint8Array {
    const vector = this.#vectorAt(field);
    const from = this.#view.byteOffset + vector.at;
    return new Uint8Array(this.#view.buffer, from, vector.length);
  }

  /** Reads a vector of signed 32-bit integers, empty when absent. */
  int32s(field: number): number[] {
    const { at, length } = this.#vectorAt(field);
    return Array.from({ length }, (_, i) => this.#view.getInt32(at + 4 * i, true));
  }

  /** Reads an embedded table. */
  table(field: number): FlatTable | undefined {
    const at = this.#fieldAt(field);
    return at === undefined ? undefined : new FlatTable(this.#view, this.#follow(at));
  }

  /** Reads a vector of tables, empty when absent. */
  tables(field: number): FlatTable[] {
    const { at, length } = this.#vectorAt(field);
    return Array.from({ length }, (_, i) => new FlatTable(this.#view, this.#follow(at + 4 * i)));
  }

  #fieldAt(field: number): number | undefined {
    const vtable = this.#at - this.#view.getInt32(this.#at, true);
    const slot = 4 + 2 * field;
    if (slot >= this.#view.getUint16(vtable, true)) return undefined;
    const offset = this.#view.getUint16(vtable + slot, true);
    return offset === 0 ? undefined : this.#at + offset;
  }

  #vectorAt(field: number): { at: number; length: number } {
    const at = this.#fieldAt(field);
    if (at === undefined) return { at: 0, length: 0 };
    const vector = this.#follow(at);
    return { at: vector + 4, length: this.#view.getUint32(vector, true) };
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }
}
