-- +goose Up

-- The makers' documents: of which brand (folded in maker_key) and calibre, in which
-- version, under which licence; replaced by another, or withdrawn. The bytes lie
-- under their hash.
create table shelf_document (
    house text not null,
    id text not null,
    maker_key text not null,
    maker text not null,
    calibre text not null,
    title text not null,
    kind text not null,
    hash text not null,
    size bigint not null,
    url text not null,
    sealed boolean not null,
    version text not null,
    licence text not null,
    lang text not null,
    replaced text not null,
    person text not null,
    at bigint not null,
    ended bigint not null,
    ended_by text not null,
    end_why text not null,
    primary key (house, id)
);
create index shelf_document_maker on shelf_document (house asc, maker_key asc, id asc);
