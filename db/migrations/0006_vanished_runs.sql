-- A new upload deletes the document and inserts another. The number of the old run waits here for it, so that addresses live on.
create table vanished_runs (
  id bigint primary key,
  collection text not null,
  folder_path text not null,
  run_suffix text not null,
  vanished_at timestamptz not null default now(),
  hidden_at timestamptz,
  hidden_by uuid,
  hidden_reason text
);

create index vanished_runs_natural_key on vanished_runs (collection, folder_path, run_suffix);
