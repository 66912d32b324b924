-- +goose Up

-- The words customers' names and towns are made of, each once, by what may be
-- typed of it: '=' and the word, '-' and its end from any letter on, '~' and the
-- word with one letter left out, or whole. See store/vocabulary.go.
create table vocabulary (
    house text not null,
    piece text not null,
    word text not null,
    primary key (house, piece, word)
);

-- A customer entered twice: who was id is into now. Taking the row away undoes it.
create table customer_alias (
    house text not null,
    id text not null,
    survivor text not null,
    who text not null,
    at bigint not null,
    primary key (house, id)
);
create index customer_alias_survivor on customer_alias (house asc, survivor asc, id asc);
