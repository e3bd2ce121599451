// Command network-upgrades prints when the upgrades of each network activate on Subnet-EVM, as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/ava-labs/avalanchego/graft/subnet-evm/params/extras"
	"github.com/ava-labs/avalanchego/upgrade"
	"github.com/ava-labs/avalanchego/utils/constants"
)

type schedule struct {
	SubnetEVM *uint64 `json:"subnetEVM"`
	Durango   *uint64 `json:"durango"`
	Etna      *uint64 `json:"etna"`
	Fortuna   *uint64 `json:"fortuna"`
	Granite   *uint64 `json:"granite"`
	Helicon   *uint64 `json:"helicon"`
}

func main() {
	all := make(map[string]schedule)
	for name, id := range map[string]uint32{
		"local":   constants.UnitTestID, // any id that is neither Fuji's nor Mainnet's
		"fuji":    constants.FujiID,
		"mainnet": constants.MainnetID,
	} {
		n := extras.GetNetworkUpgrades(upgrade.GetConfig(id))
		all[name] = schedule{
			n.SubnetEVMTimestamp, n.DurangoTimestamp, n.EtnaTimestamp,
			n.FortunaTimestamp, n.GraniteTimestamp, n.HeliconTimestamp,
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
