// Command etabli is the watch workshop's system in one binary.
package main

import (
	"os"

	"etabli.example/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
