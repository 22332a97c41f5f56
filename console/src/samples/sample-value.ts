/** A picture that code reads from a file instead of carrying it. */
export interface SampleFile {
  readonly kind: "file";
  /** `template.jpg`, `user-1.png`. */
  readonly name: string;
  /** The base64 it stands for. */
  readonly base64: string;
}

/** An object of the API by the name of its type in the official clients. */
export interface SampleObject {
  readonly kind: "object";
  readonly type: string;
  readonly members: readonly (readonly [name: string, value: SampleValue])[];
}

/** A list; `type` is that of its objects. */
export interface SampleList {
  readonly kind: "list";
  readonly type: string;
  readonly items: readonly SampleValue[];
}

/** A parameter's value with the type that compiled languages need. */
export type SampleValue =
  | SampleFile
  | SampleObject
  | SampleList
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "integer" | "float"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean };

/** Texts from this length on that look like base64 are read from files. */
const FILE_FROM_CHARACTERS = 200;

/** Types of objects that are not called as their member, and of the objects in lists. */
const TYPES: Readonly<Record<string, string>> = {
  MergeInfos: "MergeInfo",
  InputImageFaceRect: "FaceRect",
  TemplateFaceRect: "FaceRect",
  LogoRect: "FaceRect",
};

/** Types whose numbers are all floats. */
const FLOAT_TYPES: ReadonlySet<string> = new Set(["FusionUltraParam"]);

/** Returns the parameters with their types and the files they need; members without a value are left out. */
export function readMembers(parameters: Readonly<Record<string, unknown>>): {
  readonly members: SampleObject;
  readonly files: readonly SampleFile[];
} {
  const files: SampleFile[] = [];
  return { members: objectOf("", parameters, files), files };
}

function objectOf(
  type: string,
  value: Readonly<Record<string, unknown>>,
  files: SampleFile[],
): SampleObject {
  const members = Object.entries(value).flatMap(([name, member]) => {
    const read = valueFrom({ name, parent: type }, member, files);
    return read === undefined ? [] : [[name, read] as const];
  });
  return { kind: "object", type, members };
}

function valueFrom(
  place: { readonly name: string; readonly parent: string },
  value: unknown,
  files: SampleFile[],
): SampleValue | undefined {
  const type = TYPES[place.name] ?? place.name;
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string") return textOf(place.name, value, files);
  if (typeof value === "boolean") return { kind: "boolean", value };
  if (typeof value === "number") {
    const isFloat = FLOAT_TYPES.has(place.parent) || !Number.isInteger(value);
    return { kind: isFloat ? "float" : "integer", value };
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => valueFrom(place, item, files) ?? []);
    return { kind: "list", type, items };
  }
  return objectOf(type, value as Readonly<Record<string, unknown>>, files);
}

function textOf(name: string, value: string, files: SampleFile[]): SampleValue {
  if (!isPicture(value)) return { kind: "text", value };
  const base64 = value.replace(/^data:[^,]*,/, "");
  const known = files.find((file) => file.base64 === base64);
  if (known !== undefined) return known;
  const file: SampleFile = { kind: "file", name: fileName(name, base64, files), base64 };
  files.push(file);
  return file;
}

function isPicture(text: string): boolean {
  if (text.startsWith("data:image/")) return true;
  return text.length >= FILE_FROM_CHARACTERS && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text);
}

function fileName(member: string, base64: string, files: readonly SampleFile[]): string {
  const ending = base64.startsWith("iVBOR") ? "png" : "jpg";
  if (member === "ModelImage") return `template.${ending}`;
  if (member === "LogoImage") return `logo.${ending}`;
  const users = files.filter((file) => file.name.startsWith("user-")).length;
  return `user-${users + 1}.${ending}`;
}
