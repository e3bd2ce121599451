// Command plugin serves Subnet-EVM to AvalancheGo over the RPCChainVM protocol.
//
// It differs from upstream's own main in one point: it leaves the descriptor limit alone.
// Upstream asks for 32,768 descriptors and exits when the hard limit is lower (common in
// containers), which the node reports only as "handshake failed: vm process not found".
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ava-labs/avalanchego/graft/subnet-evm/plugin/evm"
	"github.com/ava-labs/avalanchego/version"
	"github.com/ava-labs/avalanchego/vms/rpcchainvm"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Printf(
			"Subnet-EVM/%s [rpcchainvm=%d]\n",
			version.Current.SemanticWithCommit(version.GitCommit),
			version.RPCChainVMProtocol,
		)
		return
	}
	evm.RegisterAllLibEVMExtras()
	if err := rpcchainvm.Serve(context.Background(), &evm.VM{}); err != nil {
		fmt.Fprintf(os.Stderr, "cannot serve the virtual machine: %s\n", err)
		os.Exit(1)
	}
}
