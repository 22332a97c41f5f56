import type { PictureFormat } from "../../imaging/picture.ts";
import { loadC2paLibrary, MEDIA_TYPES } from "./c2pa-library.ts";

/** What a file's Content Credentials say, and whether they hold. */
export interface FoundCredentials {
  /** `trusted`: whole, and signed below one of the given roots; `valid`: whole, by whoever it says; else `invalid`. */
  readonly state: "trusted" | "valid" | "invalid";
  /** Name and organisation of the certificate. */
  readonly signer: string | undefined;
  readonly madeBy: string | undefined;
  readonly actions: readonly string[];
  /** Codes of what does not hold, in C2PA's words; an unknown signer is one. */
  readonly problems: readonly string[];
}

/**
 * Reads and checks the manifest of a JPEG or PNG. `trustedRoots` are certificates in PEM; without them nobody is
 * trusted. Undefined when the file has no manifest. Throws `configuration-invalid` without the optional package.
 */
export async function readCredentials(
  bytes: Uint8Array,
  format: PictureFormat,
  trustedRoots?: string,
): Promise<FoundCredentials | undefined> {
  const { WasmReader } = await loadC2paLibrary();
  try {
    const settings = JSON.stringify(settingsFor(trustedRoots));
    using reader = await WasmReader.fromBytes(MEDIA_TYPES[format], bytes, settings);
    return credentialsIn(JSON.parse(reader.json()));
  } catch (error) {
    // The library throws texts such as "C2pa(JumbfNotFound)".
    const problem = error instanceof Error ? error.message : String(error);
    if (problem.includes("JumbfNotFound")) return undefined;
    return broken(problem);
  }
}

/** Nothing is fetched: neither a manifest from elsewhere nor a list of revoked certificates. */
function settingsFor(trustedRoots: string | undefined): object {
  const verify = { remote_manifest_fetch: false, ocsp_fetch: false };
  return trustedRoots === undefined
    ? { verify }
    : { verify, trust: { trust_anchors: trustedRoots, trust_config: SIGNING_PURPOSES } };
}

/** Purposes of a certificate that may sign: e-mail protection, document signing, C2PA's own (C2PA 2.1, 14.5.1). */
const SIGNING_PURPOSES = ["1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.62558.2.1"].join(
  "\n",
);

function broken(problem: string): FoundCredentials {
  return {
    state: "invalid",
    signer: undefined,
    madeBy: undefined,
    actions: [],
    problems: [problem],
  };
}

/** The members of the library's report that are read. */
interface Report {
  readonly active_manifest?: string;
  readonly manifests?: Readonly<Record<string, Manifest>>;
  readonly validation_state?: string;
  readonly validation_status?: readonly { readonly code: string }[];
}

interface Manifest {
  readonly claim_generator_info?: readonly { readonly name: string; readonly version?: string }[];
  readonly signature_info?: { readonly common_name?: string; readonly issuer?: string };
  readonly assertions?: readonly {
    readonly label: string;
    readonly data: { readonly actions?: readonly { readonly action: string }[] };
  }[];
}

function credentialsIn(report: Report): FoundCredentials {
  const manifest = report.manifests?.[report.active_manifest ?? ""];
  const { common_name: name, issuer } = manifest?.signature_info ?? {};
  const [generator] = manifest?.claim_generator_info ?? [];
  const state = report.validation_state?.toLowerCase();
  return {
    state: state === "trusted" || state === "valid" ? state : "invalid",
    signer: [name, issuer].filter((part) => part !== undefined).join(", ") || undefined,
    madeBy: generator && `${generator.name} ${generator.version ?? ""}`.trim(),
    actions: (manifest?.assertions ?? [])
      .filter(({ label }) => label.startsWith("c2pa.actions"))
      .flatMap(({ data }) => data.actions?.map(({ action }) => action) ?? []),
    problems: [...new Set((report.validation_status ?? []).map(({ code }) => code))],
  };
}
