//go:build tools

// Package tools keeps what is built here in go.mod.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
