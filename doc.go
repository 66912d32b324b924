// Package etabli is the root of the module: it holds no code, only the tests
// of the house as a whole. The program is cmd/etabli; the packages that others
// import are timing, horology and diagnosis.
package etabli
