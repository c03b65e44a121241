//go:build tools

// Package azapi names the provider, so that its version and those of all that it needs are held by go.mod and go.sum. It is a module of
// its own since `go install` asks for a list of versions, which not every proxy of Go modules has of it.
package azapi

import _ "github.com/Azure/terraform-provider-azapi"
