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

/** Shell commands that keep a token, as a header, in a file that only its owner can read: it stands in no list of processes. */
export function keepToken(token: string): string {
  return `(umask 077; cat > ~/.mgkdb_token) <<END
Authorization: Bearer ${token}
END`;
}
