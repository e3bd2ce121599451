// Command chain-oracle gives chains that another engine made to the real Subnet-EVM.
//
// It reads one JSON object per line from standard input, {"genesis": text, "upgrade": text, "networkId": number,
// "chainId": hex, "blocks": [{"raw": hex, "receipts": [[status, gasUsed, logs], ...], "refused": [{"position", "raw"}, ...], "valid": bool,
// "side": bool}]}, and prints one per line: {"accepted": number of blocks, "difference": text}. Blocks are inserted with the
// header, fee and state checks of the node. One that is not "valid" must be refused; a "side" block has no child. A
// transaction of "refused" must be refused when it is tried before the block's transaction of that position.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
	_ "unsafe" // go:linkname

	"github.com/ava-labs/avalanchego/graft/subnet-evm/consensus/dummy"
	"github.com/ava-labs/avalanchego/graft/subnet-evm/core"
	"github.com/ava-labs/avalanchego/graft/subnet-evm/params"
	"github.com/ava-labs/avalanchego/graft/subnet-evm/plugin/evm"
	"github.com/ava-labs/avalanchego/graft/subnet-evm/plugin/evm/customheader"
	"github.com/ava-labs/avalanchego/graft/subnet-evm/precompile/precompileconfig"
	"github.com/ava-labs/avalanchego/ids"
	"github.com/ava-labs/avalanchego/snow"
	snowblock "github.com/ava-labs/avalanchego/snow/engine/snowman/block"
	"github.com/ava-labs/avalanchego/snow/validators"
	"github.com/ava-labs/avalanchego/upgrade"
	"github.com/ava-labs/avalanchego/utils/constants"
	"github.com/ava-labs/libevm/common"
	"github.com/ava-labs/libevm/common/hexutil"
	"github.com/ava-labs/libevm/core/rawdb"
	"github.com/ava-labs/libevm/core/types"
	"github.com/ava-labs/libevm/core/vm"
	"github.com/ava-labs/libevm/log"
	"github.com/ava-labs/libevm/rlp"
)

// parseGenesis is the function the VM itself calls when it starts; the package does not export it.
//
//go:linkname parseGenesis github.com/ava-labs/avalanchego/graft/subnet-evm/plugin/evm.parseGenesis
func parseGenesis(ctx *snow.Context, genesisBytes []byte, upgradeBytes []byte, airdropFile string) (*core.Genesis, error)

type block struct {
	Raw      hexutil.Bytes `json:"raw"`
	Receipts [][3]uint64   `json:"receipts"`
	Refused  []refused     `json:"refused"`
	Valid    bool          `json:"valid"`
	Side     bool          `json:"side"`
}

type refused struct {
	Position int           `json:"position"`
	Raw      hexutil.Bytes `json:"raw"`
}

type chain struct {
	Genesis   string      `json:"genesis"`
	Upgrade   string      `json:"upgrade"`
	NetworkID uint32      `json:"networkId"`
	ChainID   common.Hash `json:"chainId"`
	Blocks    []block     `json:"blocks"`
}

type verdict struct {
	Accepted   int    `json:"accepted"`
	Difference string `json:"difference,omitempty"`
}

func judge(in chain) (out verdict) {
	defer func() {
		if reason := recover(); reason != nil {
			out.Difference = fmt.Sprintf("panic: %v", reason)
		}
	}()
	ctx := &snow.Context{
		NetworkID:       in.NetworkID,
		ChainID:         ids.ID(in.ChainID),
		NetworkUpgrades: upgrade.GetConfig(constants.UnitTestID),
	}
	genesis, err := parseGenesis(ctx, []byte(in.Genesis), []byte(in.Upgrade), "")
	if err != nil {
		return verdict{Difference: "genesis: " + err.Error()}
	}
	cache := *core.DefaultCacheConfig
	cache.Pruning, cache.SnapshotLimit, cache.TrieCleanLimit = false, 0, 16
	db := rawdb.NewMemoryDatabase()
	bc, err := core.NewBlockChain(db, &cache, genesis, dummy.NewFaker(), vm.Config{}, common.Hash{}, false)
	if err != nil {
		return verdict{Difference: "chain: " + err.Error()}
	}
	defer bc.Stop()
	for index, next := range in.Blocks {
		err := insert(bc, next)
		switch {
		case next.Valid && err != nil:
			return verdict{Accepted: index, Difference: err.Error()}
		case !next.Valid && err == nil:
			return verdict{Accepted: index, Difference: "the node takes the refused block"}
		}
	}
	return verdict{Accepted: len(in.Blocks)}
}

func insert(bc *core.BlockChain, in block) error {
	b := new(types.Block)
	if err := rlp.DecodeBytes(in.Raw, b); err != nil {
		return fmt.Errorf("encoding: %w", err)
	}
	parent := bc.GetHeader(b.ParentHash(), b.NumberU64()-1)
	if parent == nil {
		return errors.New("unknown parent")
	}
	if in.Valid && !in.Side {
		if err := compare(bc, parent, b, in); err != nil {
			return err
		}
	}
	if err := verifyPredicates(bc, b); err != nil {
		return err
	}
	config := params.GetExtra(bc.Config())
	if err := customheader.VerifyMinDelayExcess(config, parent, b.Header()); err != nil {
		return err
	}
	if err := customheader.VerifyTime(config, parent, b.Header(), time.Now()); err != nil {
		return err
	}
	if err := bc.InsertBlock(b); err != nil {
		return err
	}
	if in.Side || !in.Valid {
		return nil
	}
	if err := bc.Accept(b); err != nil {
		return err
	}
	bc.DrainAcceptorQueue()
	return nil
}

// noValidators knows no chain; nothing else is asked then.
type noValidators struct{ validators.State }

func (noValidators) GetSubnetID(context.Context, ids.ID) (ids.ID, error) {
	return ids.ID{}, errors.New("unknown chain")
}

// verifyPredicates does what the VM does with the results that a header states, on a node that knows no validators: every
// predicate has failed.
func verifyPredicates(bc *core.BlockChain, b *types.Block) error {
	rules := bc.Config().Rules(b.Number(), params.IsMergeTODO, b.Time())
	if !params.GetRulesExtra(rules).IsDurango {
		return nil
	}
	ctx := &snow.Context{ValidatorState: noValidators{}}
	results, err := core.CheckBlockPredicates(
		rules,
		&precompileconfig.PredicateContext{SnowCtx: ctx, ProposerVMBlockCtx: &snowblock.Context{}},
		b.Transactions(),
	)
	if err != nil {
		return err
	}
	encoded, err := results.Bytes()
	if err != nil {
		return err
	}
	if stated := customheader.PredicateBytesFromExtra(b.Extra()); !bytes.Equal(stated, encoded) {
		return fmt.Errorf("predicate results are %x, not %x", stated, encoded)
	}
	return nil
}

// compare executes a block step by step, so that a difference names its transaction.
func compare(bc *core.BlockChain, parent *types.Header, b *types.Block, in block) error {
	statedb, err := bc.StateAt(parent.Root)
	if err != nil {
		return err
	}
	header := b.Header()
	if err := core.ApplyUpgrades(bc.Config(), &parent.Time, core.NewBlockContext(header.Number, header.Time), statedb); err != nil {
		return err
	}
	blockContext := core.NewEVMBlockContext(header, bc, nil)
	if root := b.BeaconRoot(); root != nil {
		core.ProcessBeaconBlockRoot(*root, vm.NewEVM(blockContext, vm.TxContext{}, statedb, bc.Config(), vm.Config{}), statedb)
	}
	pool, used := new(core.GasPool).AddGas(header.GasLimit), uint64(0)
	apply := func(tx *types.Transaction, index int) (*types.Receipt, error) {
		statedb.SetTxContext(tx.Hash(), index)
		return core.ApplyTransaction(bc.Config(), bc, blockContext, pool, statedb, header, tx, &used, vm.Config{})
	}
	for index := 0; index <= len(b.Transactions()); index++ {
		for _, one := range in.Refused {
			if one.Position != index {
				continue
			}
			tx := new(types.Transaction)
			if tx.UnmarshalBinary(one.Raw) != nil {
				continue
			}
			snapshot, gas, before := statedb.Snapshot(), pool.Gas(), used
			if receipt, err := apply(tx, index); err == nil {
				return fmt.Errorf("the node takes the refused transaction %s: status %d, gas %d", tx.Hash(), receipt.Status, receipt.GasUsed)
			}
			statedb.RevertToSnapshot(snapshot)
			pool.SetGas(gas)
			used = before
		}
		if index == len(b.Transactions()) {
			break
		}
		receipt, err := apply(b.Transactions()[index], index)
		if err != nil {
			return fmt.Errorf("transaction %d: %w", index, err)
		}
		if index >= len(in.Receipts) {
			continue
		}
		if want := [3]uint64{receipt.Status, receipt.GasUsed, uint64(len(receipt.Logs))}; want != in.Receipts[index] {
			return fmt.Errorf("transaction %d: status, gas and logs are %v, not %v", index, want, in.Receipts[index])
		}
	}
	return nil
}

func run() error {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	log.SetDefault(log.NewLogger(log.DiscardHandler()))
	evm.RegisterAllLibEVMExtras()
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 0, 1<<20), 256<<20)
	for in.Scan() {
		if len(in.Bytes()) == 0 {
			continue
		}
		var c chain
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			return errors.Join(errors.New("reading a chain"), err)
		}
		if err := out.Encode(judge(c)); err != nil {
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
