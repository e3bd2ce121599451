// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MasaStaking} from "../../src/MasaStaking.sol";
import {IMasaStaking} from "../../src/interfaces/IMasaStaking.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {ForcedSender} from "../base/HostileReceivers.sol";

/// @notice Acts on the staking contract and keeps its own books. No action reverts.
contract MasaStakingHandler is BaseTest {
    MasaStaking public immutable staking;
    uint256 public funded;
    uint256 public forced;
    uint256 public staked;
    uint256 public principalPaid;
    uint256 public rewardsPaid;
    mapping(uint256 id => uint256) public promised;
    mapping(uint256 id => uint256) public principal;
    mapping(uint256 id => uint256) public rate;
    mapping(bytes32 action => uint256) public calls;
    /// @dev Per staker: all that was staked, and all principal that came back.
    mapping(address staker => uint256) public stakedBy;
    mapping(address staker => uint256) public returnedTo;
    uint256 public earlySuccesses;
    uint256 public strangerSuccesses;
    uint256 public secondSuccesses;
    uint256 public termViolations;

    constructor() {
        uint16[] memory periods = new uint16[](3);
        uint256[] memory rates = new uint256[](3);
        (periods[0], periods[1], periods[2]) = (3, 6, 9);
        (rates[0], rates[1], rates[2]) = (3.75e6, 10e6, 18.75e6);
        staking = new MasaStaking(address(this), 30 days, 21 days, periods, rates);
    }

    function fund(uint256 amount) external {
        calls["fund"]++;
        amount = bound(amount, 0, 1_000_000 ether);
        funded += amount;
        vm.deal(address(this), amount);
        staking.fund{value: amount}();
    }

    function stake(uint256 who, uint256 amount, uint16 periods) external {
        periods = uint16(3 * bound(periods, 1, 3));
        amount = bound(amount, 1, 1_000_000 ether);
        uint256 rate_ = staking.rewardMicroPercent(periods);
        if (rate_ == 0 || (amount * rate_) / 100e6 > staking.rewardPool()) return;
        calls["stake"]++;
        address staker = address(uint160(0x1000 + (who % 5)));
        vm.deal(staker, amount);
        vm.prank(staker);
        uint256 id = staking.stake{value: amount}(periods);
        staked += amount;
        stakedBy[staker] += amount;
        principal[id] = amount;
        promised[id] = (amount * rate_) / 100e6;
        rate[id] = rate_;
        if (staking.stakeOf(id).unlockTime != block.timestamp + uint256(periods) * 30 days) termViolations++;
    }

    function unlock(uint256 id) external {
        if (staking.stakeCount() == 0) return;
        id %= staking.stakeCount();
        IMasaStaking.Stake memory made = staking.stakeOf(id);
        if (made.owner == address(0) || made.claimTime != 0 || block.timestamp < made.unlockTime) return;
        calls["unlock"]++;
        vm.prank(made.owner);
        staking.unlock(id);
    }

    function claim(uint256 id) external {
        if (staking.stakeCount() == 0) return;
        id %= staking.stakeCount();
        IMasaStaking.Stake memory made = staking.stakeOf(id);
        if (made.claimTime == 0 || block.timestamp < made.claimTime) return;
        calls["claim"]++;
        uint256 before = eve.balance;
        vm.prank(made.owner);
        staking.claimTo(id, eve);
        returnedTo[made.owner] += principal[id];
        assertEq(eve.balance - before, principal[id] + promised[id], "a stake pays what it promised");
        principalPaid += principal[id];
        rewardsPaid += promised[id];
        (principal[id], promised[id]) = (0, 0);
        vm.prank(made.owner);
        (bool again,) = address(staking).call(abi.encodeCall(staking.claim, (id)));
        if (again) secondSuccesses++;
    }

    /// @dev The owner of a stake is impatient: every step before its time must be refused.
    function hurry(uint256 id) external {
        if (staking.stakeCount() == 0) return;
        id %= staking.stakeCount();
        IMasaStaking.Stake memory made = staking.stakeOf(id);
        if (made.owner == address(0)) return;
        calls["hurry"]++;
        if (block.timestamp < made.unlockTime || made.claimTime != 0) {
            vm.prank(made.owner);
            (bool unlocked,) = address(staking).call(abi.encodeCall(staking.unlock, (id)));
            if (unlocked) earlySuccesses++;
        }
        if (made.claimTime == 0 || block.timestamp < made.claimTime) {
            vm.prank(made.owner);
            (bool claimed,) = address(staking).call(abi.encodeCall(staking.claimTo, (id, carol)));
            if (claimed) earlySuccesses++;
        }
    }

    /// @dev Somebody else, the contract's owner included, tries to act on a stake.
    function interfere(uint256 id, bool asAdmin) external {
        if (staking.stakeCount() == 0) return;
        calls["interfere"]++;
        id %= staking.stakeCount();
        bytes32 before = keccak256(abi.encode(staking.stakeOf(id)));
        bytes[3] memory attempts = [
            abi.encodeCall(staking.unlock, (id)),
            abi.encodeCall(staking.claim, (id)),
            abi.encodeCall(staking.claimTo, (id, bob))
        ];
        for (uint256 i; i < 3; ++i) {
            vm.prank(asAdmin ? address(this) : bob);
            (bool success,) = address(staking).call(attempts[i]);
            if (success) strangerSuccesses++;
        }
        if (keccak256(abi.encode(staking.stakeOf(id))) != before) strangerSuccesses++;
    }

    function setTerm(uint16 periods, uint256 newRate) external {
        calls["setTerm"]++;
        staking.setTerm(uint16(3 * bound(periods, 1, 3)), bound(newRate, 0, 100e6));
    }

    function pass(uint256 seconds_) external {
        calls["pass"]++;
        vm.warp(block.timestamp + bound(seconds_, 0, 120 days));
    }

    function force(uint256 amount) external {
        calls["force"]++;
        amount = bound(amount, 0, 1 ether);
        forced += amount;
        vm.deal(address(this), amount);
        new ForcedSender{value: amount}(payable(address(staking)));
    }
}
