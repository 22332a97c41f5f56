/** Says what went wrong; nothing when nothing did. */
export function Problem({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p class="alert" role="alert">
      {text}
    </p>
  );
}
