-- +goose Up

create table customer (
    house text not null,
    id text not null,
    name text not null,
    given text not null,
    phone text not null,
    email text not null,
    address text not null,
    postcode text not null,
    city text not null,
    lang text not null,
    channel text not null,
    business boolean not null,
    created bigint not null,
    primary key (house, id)
);
create index customer_newest on customer (house asc, created desc, id desc);

create table watch (
    house text not null,
    id text not null,
    customer text not null,
    brand text not null,
    model text not null,
    reference text not null,
    case_no text not null,
    movement_no text not null,
    calibre_maker text not null,
    calibre text not null,
    kind text not null,
    bph double precision not null,
    lift_deg double precision not null,
    water_bar double precision not null,
    material text not null,
    functions text not null,
    year bigint not null,
    created bigint not null,
    brand_key text not null,
    case_key text not null,
    primary key (house, id)
);
create index watch_customer on watch (house asc, customer asc, created desc, id desc);
create index watch_case on watch (house asc, case_key asc, brand_key asc, created desc, id desc) where case_key <> '';

create table person (
    house text not null,
    id text not null,
    login text not null,
    name text not null,
    email text not null,
    lang text not null,
    roles text not null,
    bench text not null,
    secret text not null,
    active boolean not null,
    primary key (house, id)
);
create unique index person_login on person (house asc, login asc);

create table session (
    house text not null,
    hash text not null,
    person text not null,
    bench text not null,
    created bigint not null,
    expires bigint not null,
    agent text not null,
    primary key (house, hash)
);
create index session_person on session (house asc, person asc, created desc, hash asc);

create table draft (
    house text not null,
    person text not null,
    form text not null,
    text text not null,
    saved bigint not null,
    primary key (house, person, form)
);

-- Words of or about a person. Erasing empties text and salt; the row stays, so
-- that verify can tell erased from lost.
create table saying (
    house text not null,
    id text not null,
    person text not null,
    text text not null,
    salt text not null,
    expiry text not null,
    erased boolean not null,
    primary key (house, id)
);
create index saying_person on saying (house asc, person asc, id asc);

create table link (
    house text not null,
    hash text not null,
    sheet text not null,
    until bigint not null,
    wrong bigint not null,
    locked bigint not null,
    primary key (house, hash)
);
create index link_sheet on link (house asc, sheet asc);
