// Package workshop is what a person can do here: each act checks a right, runs
// a decision of the trade and writes what it says in one unit of work, and then
// lets what follows follow. It knows no HTTP, no HTML and no SQL.
package workshop
