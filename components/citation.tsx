/** Where the database's own tools live. */
const REPOSITORY = "https://github.com/Sapientai/MGKDB";

/** How the database and its runs are named in a paper. */
export function Citation() {
  return (
    <>
      <p>Name the database, its address and the day on which you read it:</p>
      <blockquote id="citation">
        MGKDB, a database of gyrokinetic simulations, {REPOSITORY} (accessed on
        {" "}
        <i>date</i>)
      </blockquote>
      <p>
        <button
          type="button"
          class="secondary"
          data-copy={`MGKDB, a database of gyrokinetic simulations, ${REPOSITORY} (accessed on DATE)`}
          hidden
        >
          Copy
        </button>
      </p>
      <p>
        Give the MongoDB ids of the runs you used: they name the exact
        documents, also in the <code>MANIFEST.tsv</code>{" "}
        of each download. Cite the papers that a run's page lists, and the code
        that made it.
      </p>
    </>
  );
}
