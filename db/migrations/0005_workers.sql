-- One row per live pool of workers; a pool that stops beating has its jobs taken over.
create table worker_pools (
  id text primary key,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now()
);
