/**
 * Returns one file of an Emscripten asset bundle. The bundle is the files end to end; their names and
 * places stand as JSON in the loader script beside it. Throws a RangeError when the file is not listed.
 */
export function readPackedAsset(bundle: Uint8Array, loader: string, name: string): Uint8Array {
  const list = /"files":\s*(\[[^\]]*\])/.exec(loader)?.[1];
  const files: readonly PackedFile[] = list === undefined ? [] : JSON.parse(list);
  const file = files.find(({ filename }) => filename.endsWith(`/${name}`));
  if (file === undefined || file.end > bundle.length) {
    throw new RangeError(`The asset bundle does not hold ${name}.`);
  }
  return bundle.subarray(file.start, file.end);
}

interface PackedFile {
  readonly filename: string;
  readonly start: number;
  readonly end: number;
}
