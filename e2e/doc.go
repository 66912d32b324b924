// Package e2e holds no code: only the tests that use Établi as people do, in a
// real browser. It is no room of the house and nothing imports it.
package e2e
