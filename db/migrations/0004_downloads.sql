-- An archive is a file; a download is a user's request for one. The state lives in archives alone.
create table archives (
  id uuid primary key default gen_random_uuid(),
  state text not null default 'queued'
    check (state in ('queued', 'running', 'waiting', 'ready', 'partial', 'failed', 'cancelled', 'expired')),
  parts text[] not null,
  file_name text not null,
  runs_total integer not null,
  files_done integer not null default 0,
  files_total integer not null default 0,
  bytes_done bigint not null default 0,
  bytes_total bigint not null default 0,
  -- Files that the source names but does not hold whole.
  missing integer not null default 0,
  reason text,
  -- Each start of the job takes the next number; what an earlier one still writes is refused.
  attempt integer not null default 0,
  -- Attempts in a row that ended without progress, by a killed worker or an error of our own.
  crashes integer not null default 0,
  files_at_start integer not null default 0,
  -- Bytes per second, smoothed over some seconds.
  rate double precision,
  size bigint,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  started_at timestamptz,
  progress_at timestamptz,
  beat_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  check (state not in ('ready', 'partial') or (size is not null and sha256 is not null and expires_at is not null))
);

create index archives_unfinished on archives (created_at) where state in ('queued', 'running', 'waiting');
create index archives_to_expire on archives (expires_at) where state in ('ready', 'partial');

-- The runs of an archive as they were when it was asked for.
create table archive_runs (
  archive_id uuid not null references archives on delete cascade,
  position integer not null,
  run_id bigint not null,
  source_id text not null,
  primary key (archive_id, position)
);

create index archive_runs_by_run on archive_runs (run_id);

-- The list of files as it was frozen when the job began; its progress is kept beside the unfinished file.
create table archive_plans (
  archive_id uuid primary key references archives on delete cascade,
  -- JSON, gzipped: 100,000 files take some 3 MB.
  plan bytea not null
);

create table downloads (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  archive_id uuid not null references archives,
  -- The query string of the search, when the runs came from one.
  query text,
  label text not null,
  created_at timestamptz not null default now(),
  -- Kept by the trigger below: null while the archive is unfinished.
  finished_at timestamptz,
  -- Set when the owner asks for a link without log-in; part of what is signed.
  link_made_at timestamptz
);

create unique index downloads_one_unfinished on downloads (user_id) where finished_at is null;
create index downloads_by_user on downloads (user_id, created_at desc);
create index downloads_by_archive on downloads (archive_id);

-- Tells every process whose downloads have changed: the archive's id, and the users' ids separated by spaces.
create function tell_of_archive(archive uuid) returns void language sql as $$
  select pg_notify('downloads', concat_ws(' ', archive, (select string_agg(distinct user_id::text, ' ') from downloads where archive_id = archive)));
$$;

-- Ends or reopens the requests of an archive with it, whoever changed its state.
create function archive_changed() returns trigger language plpgsql as $$
begin
  if (new.state in ('queued', 'running', 'waiting')) is distinct from (old.state in ('queued', 'running', 'waiting')) then
    update downloads
    set finished_at = case when new.state in ('queued', 'running', 'waiting') then null else now() end
    where archive_id = new.id;
  end if;
  perform tell_of_archive(new.id);
  return null;
end $$;

create trigger archive_changed after update on archives for each row execute function archive_changed();

create function download_made() returns trigger language plpgsql as $$
begin
  perform tell_of_archive(new.archive_id);
  return null;
end $$;

create trigger download_made after insert on downloads for each row execute function download_made();
