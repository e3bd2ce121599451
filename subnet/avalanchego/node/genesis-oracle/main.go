// Command genesis-oracle asks the real Subnet-EVM what it thinks of genesis and upgrade files.
//
// It reads one JSON object per line from standard input, {"genesis": text, "upgrade": text,
// "network": "local" | "fuji" | "mainnet"}, and prints one per line:
// {"ok": bool, "hash": hex, "stateRoot": hex, "error": text}.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	_ "unsafe" // go:linkname

	"github.com/ava-labs/avalanchego/graft/subnet-evm/core"
	"github.com/ava-labs/avalanchego/graft/subnet-evm/params"
	"github.com/ava-labs/avalanchego/graft/subnet-evm/plugin/evm"
	"github.com/ava-labs/avalanchego/snow"
	"github.com/ava-labs/avalanchego/upgrade"
	"github.com/ava-labs/avalanchego/utils/constants"
	"github.com/ava-labs/libevm/common"
	"github.com/ava-labs/libevm/core/rawdb"
	"github.com/ava-labs/libevm/rlp"
	"github.com/ava-labs/libevm/triedb"
)

// parseGenesis is the function the VM itself calls when it starts; the package does not export it.
//
//go:linkname parseGenesis github.com/ava-labs/avalanchego/graft/subnet-evm/plugin/evm.parseGenesis
func parseGenesis(ctx *snow.Context, genesisBytes []byte, upgradeBytes []byte, airdropFile string) (*core.Genesis, error)

type request struct {
	Genesis string `json:"genesis"`
	Upgrade string `json:"upgrade"`
	Network string `json:"network"`
}

type verdict struct {
	OK        bool   `json:"ok"`
	Hash      string `json:"hash,omitempty"`
	StateRoot string `json:"stateRoot,omitempty"`
	Error     string `json:"error,omitempty"`
}

var networks = map[string]uint32{
	"local":   constants.UnitTestID,
	"fuji":    constants.FujiID,
	"mainnet": constants.MainnetID,
}

func judge(in request) (out verdict) {
	defer func() {
		if reason := recover(); reason != nil {
			out = verdict{Error: fmt.Sprintf("panic: %v", reason)}
		}
	}()
	id, ok := networks[in.Network]
	if !ok {
		return verdict{Error: "unknown network " + in.Network}
	}
	ctx := &snow.Context{NetworkID: id, NetworkUpgrades: upgrade.GetConfig(id)}
	genesis, err := parseGenesis(ctx, []byte(in.Genesis), []byte(in.Upgrade), "")
	if err != nil {
		return verdict{Error: err.Error()}
	}
	block := genesis.ToBlock()
	// Writing the block ends the whole process when the header cannot be encoded.
	if _, err := rlp.EncodeToBytes(block.Header()); err != nil {
		return verdict{Error: err.Error()}
	}
	db := rawdb.NewMemoryDatabase()
	_, hash, err := core.SetupGenesisBlock(db, triedb.NewDatabase(db, triedb.HashDefaults), genesis, common.Hash{}, false)
	if err != nil {
		return verdict{Error: err.Error()}
	}
	if hash != block.Hash() {
		return verdict{Error: fmt.Sprintf("ToBlock says %s, SetupGenesisBlock says %s", block.Hash(), hash)}
	}
	return verdict{OK: true, Hash: block.Hash().Hex(), StateRoot: block.Root().Hex()}
}

func run() error {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	evm.RegisterAllLibEVMExtras()
	// A genesis without config shares this global; a node starts one chain per process, we start many.
	pristineConfig, pristineExtra := *params.SubnetEVMDefaultChainConfig, *params.GetExtra(params.SubnetEVMDefaultChainConfig)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 0, 1<<20), 64<<20)
	for in.Scan() {
		if len(in.Bytes()) == 0 {
			continue
		}
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return errors.Join(errors.New("reading a case"), err)
		}
		config, extra := pristineConfig, pristineExtra
		params.SubnetEVMDefaultChainConfig = params.WithExtra(&config, &extra)
		if err := out.Encode(judge(r)); err != nil {
			return err
		}
	}
	return in.Err()
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
