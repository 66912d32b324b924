-- +goose Up

-- What was refused to somebody: kept for a while, shown to the administrator.
create table attempt (
    house text not null,
    id text not null,
    at bigint not null,
    why text not null,
    person text not null,
    address text not null,
    route text not null,
    number text not null,
    primary key (house, id)
);
create index attempt_newest on attempt (house asc, at desc, id desc);
