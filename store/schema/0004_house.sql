-- +goose Up

create table price (
    house text not null,
    operation text not null,
    kind text not null,
    begins text not null,
    gross bigint not null,
    vat bigint not null,
    primary key (house, operation, kind, begins)
);

create table setting (
    house text not null,
    name text not null,
    value text not null,
    primary key (house, name)
);

-- What follows an entry: claimed by setting lease, deleted when done.
create table after_row (
    house text not null,
    id text not null,
    sheet text not null,
    seq bigint not null,
    kind text not null,
    data text not null,
    due bigint not null,
    lease bigint not null,
    tries bigint not null,
    last text not null,
    dead boolean not null,
    primary key (house, id)
);
create index after_due on after_row (house asc, due asc, id asc) where not dead;
create index after_sheet on after_row (house asc, sheet asc, seq asc, id asc) where not dead;
