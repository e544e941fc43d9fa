-- By which rules the families were found last: an upgrade that brings others has them found anew after its first pass.
create table family_search (
  single boolean primary key default true check (single),
  revision integer not null
);
