-- One archive may serve the requests of several users: a request can end while its archive lives on.
alter table archives
  -- Hash over the parts and every run with what the catalogue read of it: equal keys stand for equal archives.
  add column selection_key text,
  -- Since when the archive waits for room on the volume, without a job meanwhile.
  add column no_space_at timestamptz;

create unique index archives_one_per_selection on archives (selection_key)
  where state in ('queued', 'running', 'waiting', 'ready', 'partial');

alter table downloads
  -- The request's own end, whatever becomes of the archive.
  add column cancelled_at timestamptz,
  add column cancel_reason text;

-- Ends or reopens the requests of an archive with it, whoever changed its state; those that ended by themselves stay ended.
create or replace function archive_changed() returns trigger language plpgsql as $$
begin
  if (new.state in ('queued', 'running', 'waiting')) is distinct from (old.state in ('queued', 'running', 'waiting')) then
    update downloads
    set finished_at = case when new.state in ('queued', 'running', 'waiting') then null else now() end
    where archive_id = new.id and cancelled_at is null;
  end if;
  perform tell_of_archive(new.id);
  return null;
end $$;

create trigger download_changed after update of cancelled_at, archive_id on downloads for each row execute function download_made();

-- What an administrator set at run time; null: as the environment says.
create table limits (
  one boolean primary key default true check (one),
  archive_max_bytes bigint check (archive_max_bytes > 0),
  user_quota_bytes bigint check (user_quota_bytes > 0),
  archive_ttl_hours integer check (archive_ttl_hours between 1 and 8760),
  worker_archives integer check (worker_archives between 1 and 16)
);

insert into limits default values;
