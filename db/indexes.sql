-- Indexes on columns of physics/columns.ts, which db/migrate.ts adds after the numbered migrations; safe to repeat.

-- The first page: newest runs first.
create index if not exists runs_newest on runs (uploaded_at desc nulls last, id) where hidden_at is null;

-- Neighbours of a run: folders below one folder.
create index if not exists runs_folder_prefix on runs (folder_path text_pattern_ops);

-- Beginnings of MongoDB ids.
create index if not exists runs_source_prefix on runs (source_id text_pattern_ops);

-- Runs of the same physics: boxes as narrow as rounding (db/families/relatives.ts).
create index if not exists runs_physics on runs (q, s_hat, "r_over_R", "RLTi", "RLTe", "RLne", ky) where hidden_at is null;

-- Runs of like physics: wide boxes around a point (db/nearest.ts), where a range of q alone holds too many runs; so in cells of size 1 of
-- the distance, whose floors and steps are those of physics/distance.ts. The last columns spare fetching rows that lie outside.
create index if not exists runs_alike on runs (
  floor(asinh(greatest(-1e300, least(q, 1e300)) / 0.5) / 0.2), floor(asinh(greatest(-1e300, least(s_hat, 1e300)) / 1) / 0.25),
  floor(asinh(greatest(-1e300, least("r_over_R", 1e300)) / 0.05) / 0.25), floor(asinh(greatest(-1e300, least("RLTi", 1e300)) / 2) / 0.25),
  "RLTe", "RLne", ky) where hidden_at is null;
drop index if exists runs_near;

-- Words anywhere in a run's text (run_search_ddl.ts), and paths: three letters at a time, so that any part of a word is found.
create index if not exists runs_search_text on runs using gin (search_text gin_trgm_ops);

-- Counts of facets: all runs from the index alone, and one run of each set of values (facet_sets.ts).
create index if not exists runs_facet_sets on runs (facet_set) where hidden_at is null;

-- Ranges, and the first pages of a sort: what people ask for most, each in the direction that its column is first sorted by
-- (search_view.ts). Several ranges at once are combined by bitmaps. Other columns are sorted and searched without an index:
-- milliseconds for tens of thousands of runs, half a second for a million.
create index if not exists runs_by_gamma on runs (gamma desc nulls last, id) where hidden_at is null;
create index if not exists runs_by_q_i on runs ("Q_i" desc nulls last, id) where hidden_at is null;
create index if not exists runs_by_q_e on runs ("Q_e" desc nulls last, id) where hidden_at is null;
create index if not exists runs_by_omega on runs (omega, id) where hidden_at is null;
create index if not exists runs_by_ky on runs (ky, id) where hidden_at is null;
create index if not exists runs_by_q on runs (q, id) where hidden_at is null;
create index if not exists runs_by_s_hat on runs (s_hat, id) where hidden_at is null;
create index if not exists runs_by_r_over_r on runs ("r_over_R", id) where hidden_at is null;
create index if not exists runs_by_rlti on runs ("RLTi", id) where hidden_at is null;
create index if not exists runs_by_rlte on runs ("RLTe", id) where hidden_at is null;
create index if not exists runs_by_rlne on runs ("RLne", id) where hidden_at is null;
create index if not exists runs_by_beta_e on runs (beta_e, id) where hidden_at is null;
