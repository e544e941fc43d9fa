-- The frozen list comes in portions of some hundred runs, so that a worker never holds all of it.
alter table archive_plans add column portion integer not null default 0;
alter table archive_plans drop constraint archive_plans_pkey;
alter table archive_plans add primary key (archive_id, portion);
