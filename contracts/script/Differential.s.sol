// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeSplitter} from "../src/FeeSplitter.sol";
import {MasaStaking} from "../src/MasaStaking.sol";
import {VestingVault} from "../src/VestingVault.sol";

import {IVestingVault} from "../src/interfaces/IVestingVault.sol";
import {BaseTest} from "../test/base/BaseTest.sol";

/// @notice Asks the real contracts for every point of a file and writes their answers beside it. The points come from
/// scripts/dev/contracts-differential.ts, which also compares the answers; nothing is judged here.
contract Differential is BaseTest {
    struct VestingPoint {
        IVestingVault.Grant grant;
        uint256 time;
    }

    struct StakingPoint {
        uint256 amount;
        uint256 rate;
    }

    struct SplitPoint {
        uint256 amount;
        uint16 burn;
        uint16[] shares;
    }

    /// @dev The burned part, then the credits of at most five payees.
    struct SplitAnswer {
        uint256 burned;
        uint256[] credits;
    }

    function vesting(string calldata file) external {
        vm.warp(START);
        VestingVault vault = new VestingVault(address(this), new IVestingVault.Grant[](0));
        vault.openBucket("points", type(uint256).max);
        VestingPoint[] memory points = abi.decode(read(file), (VestingPoint[]));
        IVestingVault.Grant[] memory grants = new IVestingVault.Grant[](points.length);
        uint256 sum;
        for (uint256 i; i < points.length; ++i) {
            grants[i] = points[i].grant;
            sum += points[i].grant.amount;
        }
        vm.deal(address(this), sum);
        uint256 first = vault.createGrants{value: sum}(grants);
        uint256[] memory answers = new uint256[](points.length);
        for (uint256 i; i < points.length; ++i) {
            answers[i] = vault.vestedAt(first + i, points[i].time);
        }
        write(file, abi.encode(answers));
    }

    function staking(string calldata file) external {
        MasaStaking made = new MasaStaking(address(this), 1, 1, new uint16[](0), new uint256[](0));
        StakingPoint[] memory points = abi.decode(read(file), (StakingPoint[]));
        uint256[] memory answers = new uint256[](points.length);
        for (uint256 i; i < points.length; ++i) {
            made.setTerm(1, points[i].rate);
            answers[i] = made.rewardFor(1, points[i].amount);
        }
        write(file, abi.encode(answers));
    }

    function split(string calldata file) external {
        FeeSplitter made = new FeeSplitter(address(this), 10_000, new address[](0), new uint16[](0));
        SplitPoint[] memory points = abi.decode(read(file), (SplitPoint[]));
        SplitAnswer[] memory answers = new SplitAnswer[](points.length);
        for (uint256 i; i < points.length; ++i) {
            answers[i] = splitOne(made, points[i]);
        }
        write(file, abi.encode(answers));
    }

    function splitOne(FeeSplitter made, SplitPoint memory point) private returns (SplitAnswer memory answer) {
        uint256 count = point.shares.length;
        address[] memory payees = new address[](count);
        uint256[] memory before = new uint256[](count);
        answer.credits = new uint256[](count);
        for (uint256 i; i < count; ++i) {
            payees[i] = address(uint160(0x1000 + i));
            before[i] = made.owed(payees[i]);
        }
        made.setShares(point.burn, payees, point.shares);
        credit(address(made), point.amount);
        (answer.burned,) = made.distribute();
        for (uint256 i; i < count; ++i) {
            answer.credits[i] = made.owed(payees[i]) - before[i];
        }
    }

    function read(string calldata file) private view returns (bytes memory) {
        return vm.readFileBinary(string.concat(file, ".points"));
    }

    function write(string calldata file, bytes memory answers) private {
        vm.writeFileBinary(string.concat(file, ".answers"), answers);
    }
}
