// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VestingVault} from "../../src/VestingVault.sol";
import {IVestingVault} from "../../src/interfaces/IVestingVault.sol";
import {ForcedSender, GasBurningReceiver, ReturnBombReceiver} from "../base/HostileReceivers.sol";
import {TestToken} from "../base/TestToken.sol";
import {VestingVaultFixture} from "../fixtures/VestingVaultFixture.sol";
import {BlocklistToken, CallbackToken, FeeOnTransferToken, RebasingToken} from "../mocks/HostileTokens.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Hostile tokens and receivers, and who owns what. The vault holds native coins only: tokens can merely be swept.
contract VestingTokensCases is VestingVaultFixture {
    uint256 internal id;

    function setUp() public override {
        super.setUp();
        id = create(terms());
        vm.warp(START + LOCK + LINEAR / 2);
    }

    function sweep(address token, address receiver, uint256 amount) internal {
        vm.prank(admin);
        vault.sweepToken(token, receiver, amount);
        assertEq(address(vault).balance, AMOUNT, "native coins never move");
    }

    function test_V38_GivenATokenThatReturnsFalse_ItRefusesTheSweep() public {
        TestToken token = new TestToken();
        token.give(address(vault), 5);
        token.behave(TestToken.Behaviour.ReturnsFalse);
        assertRefused(
            admin,
            address(vault),
            abi.encodeCall(vault.sweepToken, (address(token), bob, 5)),
            abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, token)
        );
    }

    function test_V39_GivenATokenThatReturnsNothing_ItSweepsIt() public {
        TestToken token = new TestToken();
        token.give(address(vault), 5);
        token.behave(TestToken.Behaviour.ReturnsNothing);
        sweep(address(token), bob, 5);
        assertEq(token.balanceOf(bob), 5, "swept");
    }

    /// @notice No token can be deposited, so no fee can fall short of a grant: grants are counted in `msg.value` alone.
    function test_V40_GivenAFeeOnTransferOrRebasingToken_ItCountsForNoGrant() public {
        FeeOnTransferToken fee = new FeeOnTransferToken();
        RebasingToken rebasing = new RebasingToken();
        fee.give(address(vault), 100);
        rebasing.give(address(vault), 100);
        rebasing.rebase(3);
        assertEq(vault.liabilities(), AMOUNT, "no grant from tokens");
        sweep(address(fee), bob, 100);
        assertEq(fee.balanceOf(bob), 90, "the token's own rule");
        sweep(address(rebasing), bob, 300);
        assertEq(rebasing.balanceOf(address(vault)), 0, "all");
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](1);
        list[0] = terms();
        assertRefused(
            admin,
            address(vault),
            abi.encodeCall(vault.createGrants, (list)),
            abi.encodeWithSelector(IVestingVault.VestingVault_FundingDiffers.selector, 0, AMOUNT)
        );
    }

    function test_V41_GivenAPausedToken_ItRefusesTheSweepAndGrantsGoOn() public {
        TestToken token = new TestToken();
        token.give(address(vault), 5);
        token.behave(TestToken.Behaviour.Reverts);
        assertRefused(
            admin,
            address(vault),
            abi.encodeCall(vault.sweepToken, (address(token), bob, 5)),
            abi.encodeWithSelector(TestToken.Refused.selector)
        );
        assertEq(vault.claim(id), AMOUNT / 2, "grants do not care");
        token.behave(TestToken.Behaviour.Normal);
        vm.prank(admin);
        vault.sweepToken(address(token), bob, 5);
        assertEq(token.balanceOf(bob), 5, "later");
    }

    function test_V42_GivenABlockedReceiver_ItRefusesAndAnotherReceiverWorks() public {
        BlocklistToken token = new BlocklistToken();
        token.give(address(vault), 5);
        token.blockAccount(bob);
        assertRefused(
            admin,
            address(vault),
            abi.encodeCall(vault.sweepToken, (address(token), bob, 5)),
            abi.encodeWithSelector(BlocklistToken.Blocked.selector, bob)
        );
        sweep(address(token), carol, 5);
        CallbackToken calling = new CallbackToken();
        calling.give(address(vault), 5);
        calling.arm(address(vault), abi.encodeCall(vault.claimable, (id)));
        sweep(address(calling), carol, 5);
        assertEq(calling.observed(), AMOUNT / 2, "a token that calls back sees whole books");
        calling.give(address(vault), 5);
        calling.arm(address(vault), abi.encodeCall(vault.revoke, (id, eve)));
        sweep(address(calling), carol, 5);
        assertTrue(!calling.succeeded(), "and has none of the owner's rights");
    }

    function test_V46_GivenAReceiverThatBurnsAllGas_ItKeepsTheGrantAndClaimToWorks() public {
        GasBurningReceiver burner = new GasBurningReceiver();
        vm.prank(alice);
        (bool success,) =
            address(vault).call{gas: 300_000}(abi.encodeCall(vault.claimTo, (id, address(burner))));
        assertTrue(!success, "refused");
        assertEq(vault.claimable(id), AMOUNT / 2, "kept");
        ReturnBombReceiver bomb = new ReturnBombReceiver();
        vm.prank(alice);
        uint256 gasBefore = gasleft();
        vault.claimTo(id, address(bomb));
        assertLe(gasBefore - gasleft(), 200_000, "a bomb of data costs its receiver only");
        assertEq(address(bomb).balance, AMOUNT / 2, "paid");
    }

    function test_V48_GivenAHandOver_ItNeedsBothAndCanBeWithdrawn() public {
        vm.prank(alice);
        vault.proposeBeneficiary(id, bob);
        assertEq(vault.position(id).grant.beneficiary, alice, "not yet");
        vm.prank(alice);
        vault.proposeBeneficiary(id, carol);
        bytes memory late = abi.encodeWithSelector(IVestingVault.VestingVault_NotProposed.selector, id, bob);
        assertRefused(bob, address(vault), abi.encodeCall(vault.acceptBeneficiary, (id)), late);
        vm.prank(carol);
        vault.acceptBeneficiary(id);
        assertEq(vault.position(id).grant.beneficiary, carol, "now");
        assertEq(vault.position(id).pendingBeneficiary, address(0), "offer used up");
        bytes memory former =
            abi.encodeWithSelector(IVestingVault.VestingVault_NotBeneficiary.selector, id, alice);
        assertRefused(alice, address(vault), abi.encodeCall(vault.claimTo, (id, alice)), former);
        assertRefused(alice, address(vault), abi.encodeCall(vault.proposeBeneficiary, (id, alice)), former);
        // Nobody, the zero account included, can take a grant that was offered to nobody.
        bytes memory none = abi.encodeWithSelector(IVestingVault.VestingVault_NotProposed.selector, id, eve);
        assertRefused(eve, address(vault), abi.encodeCall(vault.acceptBeneficiary, (id)), none);
    }

    function test_V49_GivenAClaimByTheOldOneInTheSameBlock_ItIsPaidInOrder() public {
        vm.prank(alice);
        vault.proposeBeneficiary(id, bob);
        vault.claim(id);
        vm.prank(bob);
        vault.acceptBeneficiary(id);
        assertRefused(bob, address(vault), abi.encodeCall(vault.claim, (id)), nothingClaimable(id));
        assertEq(alice.balance, AMOUNT / 2, "before the hand-over: the old one");
        vm.warp(START + LOCK + LINEAR);
        vault.claim(id);
        assertEq(bob.balance, AMOUNT - AMOUNT / 2, "after it: the new one");
    }

    function test_V50_GivenARenouncedOwner_ItOnlyPaysGrantsAnyMore() public {
        vm.prank(admin);
        vault.renounceOwnership();
        bytes memory reason = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, admin);
        bytes[5] memory calls = [
            abi.encodeCall(vault.revoke, (id, admin)),
            abi.encodeCall(vault.openBucket, ("x", 1)),
            abi.encodeCall(vault.createGrants, (new IVestingVault.Grant[](0))),
            abi.encodeCall(vault.sweepSurplus, (admin)),
            abi.encodeCall(vault.sweepToken, (address(1), admin, 0))
        ];
        for (uint256 i; i < calls.length; ++i) {
            assertRefused(admin, address(vault), calls[i], reason);
        }
        new ForcedSender{value: 0}(payable(address(vault)));
        vm.warp(START + LOCK + LINEAR);
        assertEq(vault.claim(id), AMOUNT, "grants are paid for ever");
    }

    function test_V51_GivenATimelock_ItObeysNobodyElse() public {
        address[] memory role = new address[](1);
        role[0] = bob;
        TimelockController timelock = new TimelockController(2 days, role, role, address(0));
        VestingVault made = new VestingVault(address(timelock), new IVestingVault.Grant[](0));
        assertEq(made.owner(), address(timelock), "from the first block on");
        bytes memory open = abi.encodeCall(made.openBucket, ("x", 5));
        address[2] memory others = [admin, bob];
        for (uint256 i; i < 2; ++i) {
            bytes memory reason =
                abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, others[i]);
            assertRefused(others[i], address(made), open, reason);
        }
        vm.startPrank(bob);
        timelock.schedule(address(made), 0, open, 0, 0, 2 days);
        vm.expectRevert();
        timelock.execute(address(made), 0, open, 0, 0);
        vm.warp(block.timestamp + 2 days);
        timelock.execute(address(made), 0, open, 0, 0);
        vm.stopPrank();
        assertEq(made.bucketCap("x"), 5, "after the delay");
    }
}
