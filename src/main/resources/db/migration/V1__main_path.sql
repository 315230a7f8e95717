-- The main path: predictions, rejections, deliveries, long work, data sets, models.
--
-- Conventions. Times of record are the database's (now()), so that workers with wrong clocks agree.
-- Texts from outside (object keys, UIDs) get hash indices only: a B-tree refuses entries beyond a
-- third of a page, and one long key must not fail its neighbours' statement. jsonb keeps no order of
-- keys, so that what is ordered (probabilities by class) is an array.

create table prediction (
  id                 uuid primary key,
  image_sha256       text not null,
  bucket             text not null,
  object_key         text not null,
  version_id         text,
  etag               text,
  study_instance_uid text,
  model_name         text not null,
  model_digest       text not null,
  predicted_class    text not null,
  probabilities      jsonb not null,
  threshold          double precision not null,
  timings            jsonb not null,
  predicted_at       timestamptz not null,
  created_at         timestamptz not null default now()
);
comment on table prediction is 'One row an image and a model; its place is the first that asked';
comment on column prediction.id is 'UUID version 5 of image and model digest';
comment on column prediction.probabilities is '[{"name": class, "probability": p}, ...] in the model''s order';
create index prediction_latest on prediction (created_at desc, id desc);
create index prediction_by_image on prediction (image_sha256);

create table prediction_reference (
  id                 uuid primary key,
  prediction_id      uuid not null references prediction (id) on delete cascade,
  image_sha256       text not null,
  bucket             text not null,
  object_key         text not null,
  version_id         text,
  etag               text,
  study_instance_uid text,
  created_at         timestamptz not null default now()
);
comment on table prediction_reference is
  'Every place and study under which a predicted image was named, the first one too';
comment on column prediction_reference.id is 'UUID version 5 of prediction, place and study';
create index prediction_reference_of on prediction_reference (prediction_id);
create index prediction_reference_by_study on prediction_reference using hash (study_instance_uid);
create index prediction_reference_by_key on prediction_reference using hash (object_key);

create table rejection (
  id                 uuid primary key,
  image_sha256       text,
  bucket             text not null,
  object_key         text not null,
  version_id         text,
  etag               text,
  study_instance_uid text,
  reason             text not null,
  detail             text not null,
  created_at         timestamptz not null default now()
);
comment on table rejection is 'One row an image at a place and a reason';
create index rejection_latest on rejection (created_at desc, id desc);
create index rejection_by_image on rejection (image_sha256) where image_sha256 is not null;
create index rejection_by_study on rejection using hash (study_instance_uid);
create index rejection_by_key on rejection using hash (object_key);

create table delivery_range (
  id               bigint generated always as identity primary key,
  consumer_group   text not null,
  topic            text not null,
  partition_number integer not null,
  first_offset     bigint not null,
  last_offset      bigint not null,
  attempts         integer not null,
  attempts_alone   integer not null,
  first_at         timestamptz not null default now(),
  last_at          timestamptz not null default now(),
  error            text,
  check (first_offset <= last_offset),
  unique (consumer_group, topic, partition_number, first_offset)
);
comment on table delivery_range is
  'Records in work: begun, not ended. After a crash, the suspects. Empty when all is quiet';

create table work_item (
  id               uuid primary key,
  kind             text not null,
  parent           uuid,
  ordinal          integer not null,
  spec             jsonb not null,
  progress         jsonb,
  result           jsonb,
  failure          text,
  attempts         integer not null default 0,
  state            text not null default 'WAITING'
    check (state in ('WAITING', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELLED')),
  announced        boolean not null default false,
  cancel_requested boolean not null default false,
  lease_owner      text,
  lease_token      bigint not null default 0,
  lease_until      timestamptz,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  finished_at      timestamptz
);
comment on table work_item is 'Work of hours, claimed with a lease; see WorkQueue';
comment on column work_item.lease_token is 'The fence: grows with every claim, each write names it';
comment on column work_item.lease_until is 'Until then no other worker claims the item';
create index work_item_open on work_item (kind, created_at, ordinal, id) where not announced;
create index work_item_by_parent on work_item (parent, ordinal);

create table training_run (
  id          uuid primary key,
  name        text not null,
  spec        jsonb not null,
  state       text not null default 'WAITING'
    check (state in ('WAITING', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELLED')),
  result      jsonb,
  failure     text,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  finished_at timestamptz
);
comment on table training_run is 'One row a training request; its trials are work items';
create index training_run_latest on training_run (created_at desc, id desc);

create table dataset (
  id         uuid primary key,
  digest     text not null,
  name       text not null,
  request_id text not null,
  artifacts  jsonb not null,
  summary    jsonb not null,
  created_at timestamptz not null
);
comment on column dataset.id is 'UUID version 5 of digest and name: the same content may bear two names';
create index dataset_latest on dataset (created_at desc, id desc);
create index dataset_by_digest on dataset (digest, created_at desc);
create index dataset_by_name on dataset (name, created_at desc);

create table model (
  digest     text primary key,
  name       text not null,
  manifest   jsonb not null,
  artifacts  jsonb not null,
  run_id     uuid,
  created_at timestamptz not null
);
create index model_latest on model (created_at desc, digest desc);

create table model_alias (
  alias        text not null,
  revision     integer not null,
  model_digest text not null references model (digest),
  previous     integer,
  reason       text not null,
  created_at   timestamptz not null default now(),
  primary key (alias, revision)
);
comment on table model_alias is 'History of each alias; its highest revision is in force';
comment on column model_alias.previous is 'The revision that a rollback returns to';
