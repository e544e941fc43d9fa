/** Text to be used as it stands, with a button that copies it; `id` is the text's. */
export function Code({ id, text }: { id: string; text: string }) {
  return (
    <div class="code">
      <pre tabindex={0}><code id={id}>{text}</code></pre>
      <button type="button" class="secondary" data-copy={`#${id}`} hidden>
        Copy
      </button>
    </div>
  );
}
