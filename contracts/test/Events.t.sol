// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeSplitter} from "../src/FeeSplitter.sol";
import {MasaStaking} from "../src/MasaStaking.sol";
import {MasaToken} from "../src/MasaToken.sol";
import {VestingVault} from "../src/VestingVault.sol";
import {IFeeSplitter} from "../src/interfaces/IFeeSplitter.sol";
import {IMasaStaking} from "../src/interfaces/IMasaStaking.sol";
import {IMasaToken} from "../src/interfaces/IMasaToken.sol";
import {IVestingVault} from "../src/interfaces/IVestingVault.sol";
import {BaseTest} from "./base/BaseTest.sol";
import {TestToken} from "./base/TestToken.sol";
import {Vm} from "./base/Vm.sol";

/// @notice Every event, with every field: auditors rebuild the books from them alone.
contract EventsTest is BaseTest {
    function setUp() public {
        vm.warp(START);
        vm.deal(address(this), 1_000_000 ether);
    }

    function payees() private view returns (address[] memory list, uint16[] memory points) {
        list = new address[](2);
        points = new uint16[](2);
        (list[0], list[1], points[0], points[1]) = (alice, bob, 6000, 4000);
    }

    function grant(address beneficiary, bytes32 bucket) private view returns (IVestingVault.Grant memory) {
        return IVestingVault.Grant(
            beneficiary, 1000, 0, uint64(START), 0, 1000, IVestingVault.Mode.LockThenLinear, true, bucket
        );
    }

    function expect(address emitter) private {
        vm.expectEmit(emitter);
    }

    function test_FeeSplitter_ItTellsSharesSplitsAndPayments() public {
        (address[] memory list, uint16[] memory points) = payees();
        FeeSplitter splitter = new FeeSplitter(address(this), 3000, list, points);
        credit(address(splitter), 10_000);
        expect(address(splitter));
        emit IFeeSplitter.Credited(alice, 4200);
        expect(address(splitter));
        emit IFeeSplitter.Credited(bob, 2800);
        expect(address(splitter));
        emit IFeeSplitter.Distributed(address(this), 10_000, 3000, 7000);
        splitter.distribute();
        expect(address(splitter));
        emit IFeeSplitter.Withdrawn(alice, alice, 4200);
        splitter.withdraw(alice);
        expect(address(splitter));
        emit IFeeSplitter.Withdrawn(bob, carol, 2800);
        vm.prank(bob);
        splitter.withdrawTo(carol);
        IFeeSplitter.Payee[] memory next = new IFeeSplitter.Payee[](2);
        (next[0], next[1]) = (IFeeSplitter.Payee(alice, 6000), IFeeSplitter.Payee(bob, 4000));
        expect(address(splitter));
        emit IFeeSplitter.SharesSet(1, next);
        splitter.setShares(1, list, points);
        TestToken token = new TestToken();
        token.give(address(splitter), 5);
        expect(address(splitter));
        emit IFeeSplitter.TokenSwept(address(token), carol, 5);
        splitter.sweepToken(address(token), carol, 5);
    }

    function test_MasaStaking_ItTellsTheLifeOfAStake() public {
        MasaStaking staking = new MasaStaking(address(this), 10, 7, new uint16[](0), new uint256[](0));
        expect(address(staking));
        emit IMasaStaking.TermSet(3, 10e6);
        staking.setTerm(3, 10e6);
        expect(address(staking));
        emit IMasaStaking.Funded(address(this), 500);
        staking.fund{value: 500}();
        expect(address(staking));
        emit IMasaStaking.Staked(0, address(this), 3, 1000, 100, START + 30);
        staking.stake{value: 1000}(3);
        vm.warp(START + 31);
        expect(address(staking));
        emit IMasaStaking.Unlocked(0, START + 38);
        staking.unlock(0);
        vm.warp(START + 38);
        expect(address(staking));
        emit IMasaStaking.Claimed(0, carol, 1000, 100);
        staking.claimTo(0, carol);
    }

    function test_MasaToken_ItTellsTheBridge() public {
        MasaToken token = new MasaToken("Masa", "MASA", SUPPLY, alice, address(this));
        expect(address(token));
        emit IMasaToken.BridgeSet(alice, bob);
        token.setBridge(bob);
    }

    function test_VestingVault_ItTellsTheLifeOfAGrant() public {
        VestingVault vault = new VestingVault(address(this), new IVestingVault.Grant[](0));
        expect(address(vault));
        emit IVestingVault.BucketOpened("team", 5000);
        vault.openBucket("team", 5000);
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](2);
        (list[0], list[1]) = (grant(alice, "team"), grant(bob, "team"));
        expect(address(vault));
        emit IVestingVault.GrantCreated(0, alice, "team", 1000);
        expect(address(vault));
        emit IVestingVault.GrantCreated(1, bob, "team", 1000);
        vault.createGrants{value: 2000}(list);
        vm.warp(START + 400);
        expect(address(vault));
        emit IVestingVault.Claimed(0, alice, 400);
        vault.claim(0);
        expect(address(vault));
        emit IVestingVault.Claimed(1, carol, 400);
        vm.prank(bob);
        vault.claimTo(1, carol);
        expect(address(vault));
        emit IVestingVault.BeneficiaryProposed(1, carol);
        vm.prank(bob);
        vault.proposeBeneficiary(1, carol);
        expect(address(vault));
        emit IVestingVault.BeneficiaryChanged(1, bob, carol);
        vm.prank(carol);
        vault.acceptBeneficiary(1);
        expect(address(vault));
        emit IVestingVault.Revoked(1, eve, 400, 600);
        vault.revoke(1, eve);
        credit(address(vault), 9);
        expect(address(vault));
        emit IVestingVault.Swept(address(0), carol, 9);
        vault.sweepSurplus(carol);
        TestToken token = new TestToken();
        token.give(address(vault), 5);
        expect(address(vault));
        emit IVestingVault.Swept(address(token), carol, 5);
        vault.sweepToken(address(token), carol, 5);
    }

    /// @notice Genesis grants open each bucket once, with the sum of its grants, before the first of them.
    function test_VestingVault_GivenGenesisGrants_ItOpensEachBucketOnce() public {
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](3);
        (list[0], list[1], list[2]) = (grant(alice, "team"), grant(bob, "private"), grant(carol, "team"));
        vm.recordLogs();
        VestingVault vault = new VestingVault{value: 3000}(address(this), list);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        bytes32[5] memory names = [
            IVestingVault.BucketOpened.selector,
            IVestingVault.GrantCreated.selector,
            IVestingVault.BucketOpened.selector,
            IVestingVault.GrantCreated.selector,
            IVestingVault.GrantCreated.selector
        ];
        uint256 next;
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(vault) || logs[i].topics[0] == ownershipTransferred) continue;
            assertEq(logs[i].topics[0], names[next], "order");
            if (next == 0) {
                assertEq(logs[i].topics[1], bytes32("team"), "team");
                assertEq(abi.decode(logs[i].data, (uint256)), 2000, "sum");
            }
            if (next == 2) {
                assertEq(logs[i].topics[1], bytes32("private"), "private");
                assertEq(abi.decode(logs[i].data, (uint256)), 1000, "sum");
            }
            next++;
        }
        assertEq(next, 5, "no more, no less");
    }

    bytes32 private constant ownershipTransferred = keccak256("OwnershipTransferred(address,address)");
}
