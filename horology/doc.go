// Package horology is what the trade knows about watch movements: the catalogue of
// calibres, positions, tolerances, standards, water-resistance protocols, operations,
// parts, tools, cells, lubricants and words. Every figure carries its source and the
// confidence it deserves; an unknown figure is nil and is never guessed. Where sources
// disagree the package says so and keeps them all.
//
// It is not a measuring engine (see timing), it does not look for causes (see diagnosis),
// and it knows nothing of orders, people, prices of one workshop, or databases. It uses
// the standard library only. Values it returns share memory: treat what is behind a
// pointer as read-only.
package horology
