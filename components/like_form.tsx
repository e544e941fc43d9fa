import { SubmitButton } from "./form.tsx";

/** Takes an input file as text or as a file; works without JavaScript. */
export function LikeForm(
  { text, problem }: { text: string; problem?: string },
) {
  return (
    <form method="post" action="/runs/like" enctype="multipart/form-data">
      <div class={problem ? "field invalid" : "field"}>
        <label for="input">Input file</label>
        <p class="hint" id="input-hint">
          The text of <code>parameters</code>, <code>input.cgyro</code>,{" "}
          <code>input.tglf</code>, <code>gs2.in</code> or{" "}
          <code>gx.in</code>, at most 64 KiB. Which code it is for is told from
          what it holds.
        </p>
        <textarea
          id="input"
          name="input"
          rows={14}
          class="mono"
          spellcheck={false}
          aria-invalid={problem ? "true" : undefined}
          aria-describedby="input-hint"
        >
          {text}
        </textarea>
      </div>
      <div class="field">
        <label for="input-file">
          Or a file <span class="optional">(optional)</span>
        </label>
        <input type="file" id="input-file" name="input" />
      </div>
      <SubmitButton>Find runs like this</SubmitButton>
    </form>
  );
}
