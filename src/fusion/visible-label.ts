import type { LabelLanguage } from "../imaging/label-text.ts";
import type { VisibleLabel } from "./fusion-options.ts";

/** What the operator says of visible labels. */
export interface VisibleLabelRules {
  readonly language: LabelLanguage;
  /** `always` writes the default text into the corner of every result, whatever the call asks for. */
  readonly visible: "as-asked" | "always";
}

/** Returns the label that a result gets when a call asks for one, or for none. */
export function visibleLabelFor(
  asked: VisibleLabel | undefined,
  { language, visible }: VisibleLabelRules,
): VisibleLabel | undefined {
  if (visible === "always") return { ...asked, language, isAlsoInCorner: true };
  return asked && { ...asked, language };
}
