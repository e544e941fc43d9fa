-- Indexes on columns of physics/columns.ts, which db/migrate.ts adds after the numbered migrations; safe to repeat.

-- The first page: newest runs first.
create index if not exists runs_newest on runs (uploaded_at desc nulls last, id) where hidden_at is null;

-- Neighbours of a run: folders below one folder.
create index if not exists runs_folder_prefix on runs (folder_path text_pattern_ops);

-- Beginnings of MongoDB ids.
create index if not exists runs_source_prefix on runs (source_id text_pattern_ops);

-- Runs of like physics: boxes around a point (db/nearest.ts). The last columns spare fetching rows that lie outside.
create index if not exists runs_physics on runs (q, s_hat, "r_over_R", "RLTi", "RLTe", "RLne", ky) where hidden_at is null;
