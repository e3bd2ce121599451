// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeSplitter} from "../src/FeeSplitter.sol";
import {MasaStaking} from "../src/MasaStaking.sol";
import {IVestingVault} from "../src/interfaces/IVestingVault.sol";
import {VestingSchedule} from "../src/libraries/VestingSchedule.sol";
import {BaseTest} from "./base/BaseTest.sol";

/// @notice The TypeScript formulas (genesis/formulas) write vectors; the contracts must give the same wei.
contract VectorsTest is BaseTest {
    function column(string memory json, string memory key) internal pure returns (uint256[] memory) {
        return vm.parseJsonUintArray(json, key);
    }

    function test_VestedAmount_ItEqualsTypeScript() public view {
        string memory json = vm.readFile("contracts/test/vectors/vested-amount.json");
        uint256[] memory amount = column(json, ".amount");
        uint256[] memory tge = column(json, ".tgeAmount");
        uint256[] memory start = column(json, ".start");
        uint256[] memory lock = column(json, ".lockSeconds");
        uint256[] memory linear = column(json, ".linearSeconds");
        uint256[] memory mode = column(json, ".mode");
        uint256[] memory time = column(json, ".time");
        uint256[] memory vested = column(json, ".vested");
        assertTrue(amount.length >= 400, "enough vectors");
        for (uint256 i; i < amount.length; ++i) {
            IVestingVault.Grant memory grant = IVestingVault.Grant(
                alice,
                uint128(amount[i]),
                uint128(tge[i]),
                uint64(start[i]),
                uint32(lock[i]),
                uint32(linear[i]),
                IVestingVault.Mode(mode[i]),
                false,
                0
            );
            assertEq(VestingSchedule.vested(grant, time[i]), vested[i], "vested");
        }
    }

    function test_StakingReward_ItEqualsTypeScript() public {
        string memory json = vm.readFile("contracts/test/vectors/staking-reward.json");
        uint256[] memory amount = column(json, ".amount");
        uint256[] memory rate = column(json, ".rate");
        uint256[] memory reward = column(json, ".reward");
        MasaStaking staking = new MasaStaking(address(this), 1, 1, new uint16[](0), new uint256[](0));
        assertTrue(amount.length >= 200, "enough vectors");
        for (uint256 i; i < amount.length; ++i) {
            staking.setTerm(1, rate[i]);
            assertEq(staking.rewardFor(1, amount[i]), reward[i], "reward");
        }
    }

    function test_FeeSplit_ItEqualsTypeScript() public {
        string memory json = vm.readFile("contracts/test/vectors/fee-split.json");
        uint256[] memory amount = column(json, ".amount");
        uint256[] memory burn = column(json, ".burn");
        uint256[] memory burned = column(json, ".burned");
        uint256[] memory count = column(json, ".count");
        uint256[][4] memory share = [
            column(json, ".share0"), column(json, ".share1"), column(json, ".share2"), column(json, ".share3")
        ];
        uint256[][4] memory credits = [
            column(json, ".credit0"),
            column(json, ".credit1"),
            column(json, ".credit2"),
            column(json, ".credit3")
        ];
        assertTrue(amount.length >= 100, "enough vectors");
        for (uint256 i; i < amount.length; ++i) {
            address[] memory payees = new address[](count[i]);
            uint16[] memory points = new uint16[](count[i]);
            for (uint256 j; j < count[i]; ++j) {
                payees[j] = address(uint160(0x1000 + j));
                points[j] = uint16(share[j][i]);
            }
            FeeSplitter splitter = new FeeSplitter(admin, uint16(burn[i]), payees, points);
            credit(address(splitter), amount[i]);
            splitter.distribute();
            assertEq(splitter.totalBurned(), burned[i], "burned");
            for (uint256 j; j < count[i]; ++j) {
                assertEq(splitter.owed(payees[j]), credits[j][i], "credit");
            }
        }
    }

    /// @notice The other way: the contract's results on its own random points are a committed file, which the TypeScript
    /// test recomputes. `WRITE_VECTORS=true` writes it anew.
    function test_FromSolidity_ItIsTheCommittedFile() public {
        string memory path = "contracts/test/vectors/from-solidity.csv";
        string memory text = "amount,tgeAmount,start,lockSeconds,linearSeconds,mode,time,vested\n";
        for (uint256 i; i < 200; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("masa", i)));
            IVestingVault.Grant memory grant;
            grant.amount = uint128(bound(seed, 1, i % 2 == 0 ? SUPPLY : 10_000));
            grant.tgeAmount = uint128(bound(seed >> 1, 0, grant.amount));
            grant.start = uint64(START + (seed >> 2) % 365 days);
            grant.linearSeconds = uint32((seed >> 3) % (5 * 365 days));
            grant.mode = IVestingVault.Mode(i % 3 == 0 ? 1 : 0);
            grant.lockSeconds = uint32((seed >> 4) % (uint256(grant.linearSeconds) + 1));
            uint256 time = grant.start + (seed >> 5) % (uint256(grant.lockSeconds) + grant.linearSeconds + 2);
            text = string.concat(text, row(grant, time));
        }
        if (vm.envOr("WRITE_VECTORS", false)) vm.writeFile(path, text);
        assertEq(vm.readFile(path), text, "contracts/test/vectors/from-solidity.csv");
    }

    function row(IVestingVault.Grant memory grant, uint256 time) private pure returns (string memory text) {
        uint256[8] memory cells = [
            uint256(grant.amount),
            grant.tgeAmount,
            grant.start,
            grant.lockSeconds,
            grant.linearSeconds,
            uint256(grant.mode),
            time,
            VestingSchedule.vested(grant, time)
        ];
        for (uint256 i; i < 8; ++i) {
            text = string.concat(text, vm.toString(cells[i]), i == 7 ? "\n" : ",");
        }
    }
}
