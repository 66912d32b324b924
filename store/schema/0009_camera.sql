-- +goose Up

-- A telephone as the counter's camera: the hash of the token its page opens
-- with, for a quarter of an hour, and for whom it takes pictures.
create table camera (
    house text not null,
    hash text not null,
    sheet text not null,
    person text not null,
    until bigint not null,
    primary key (house, hash)
);

-- Pictures taken for an order that is not opened yet; they go onto its sheet
-- when it is.
create table snapshot (
    house text not null,
    sheet text not null,
    id text not null,
    hash text not null,
    thumb text not null,
    width bigint not null,
    height bigint not null,
    taken bigint not null,
    primary key (house, sheet, id)
);
