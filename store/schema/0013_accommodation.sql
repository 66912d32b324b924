-- +goose Up

-- What a person asked for so as to be served like anyone, never why. The row
-- goes when the order is closed, unless the person asked to keep it.
create table accommodation (
    house text not null,
    sheet text not null,
    customer text not null,
    asked text not null,
    keep boolean not null,
    at bigint not null,
    primary key (house, sheet)
);
create index accommodation_customer on accommodation (house asc, customer asc, at desc, sheet desc);
