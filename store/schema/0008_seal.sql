-- +goose Up

-- One seal a day: the signed root over all sheet heads, as journal.Seal writes it.
create table seal (
    house text not null,
    day text not null,
    text text not null,
    primary key (house, day)
);
