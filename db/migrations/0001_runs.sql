-- The catalogue. The columns of physics/columns.ts are added by db/migrate.ts, so that a new column is one entry there.
create table runs (
  id bigint generated always as identity primary key,
  source_id text not null unique check (source_id ~ '^[0-9a-f]{24}$'),
  folder_path text not null,
  run_suffix text not null,
  detail jsonb not null,
  row_hash text not null,
  synced_at timestamptz not null default now(),
  hidden_at timestamptz,
  hidden_by uuid,
  hidden_reason text
);

create index runs_natural_key on runs (folder_path, run_suffix);
