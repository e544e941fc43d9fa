-- One row per pass of sync_catalogue; `cursor` is where an interrupted full pass goes on.
create table sync_passes (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('new', 'full')),
  extractor_version text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  cursor jsonb,
  seen integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  rehomed integer not null default 0,
  removed integer not null default 0,
  unreadable integer not null default 0,
  error text
);

create index sync_passes_finished on sync_passes (kind, finished_at desc);

-- Documents of the source that cannot be shown as a run, each with the reason.
create table unreadable_documents (
  source_id text primary key,
  collection text not null,
  reason text not null,
  seen_at timestamptz not null default now()
);
