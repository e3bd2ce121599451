// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MasaToken} from "../../src/MasaToken.sol";
import {WMASA} from "../../src/WMASA.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {ForcedSender} from "../base/HostileReceivers.sol";

/// @notice Acts on the two tokens as holders, bridge, owner and strangers. No action reverts.
contract TokensHandler is BaseTest {
    uint256 public constant CAP = 1_000_000 ether;
    MasaToken public immutable masa;
    WMASA public immutable wmasa;
    address[] public holders;
    address public bridge = user("bridge");
    uint256 public minted;
    uint256 public burned;
    uint256 public wrapped;
    uint256 public unwrapped;
    uint256 public forced;
    uint256 public strangerSuccesses;
    uint256 public capViolations;
    mapping(bytes32 action => uint256) public calls;

    constructor() {
        masa = new MasaToken("Masa", "MASA", CAP, bridge, address(this));
        wmasa = new WMASA();
        holders = [alice, bob, carol, user("dave")];
    }

    function holderCount() external view returns (uint256) {
        return holders.length;
    }

    function pick(uint256 seed) private view returns (address) {
        return holders[seed % holders.length];
    }

    function mint(uint256 to, uint256 amount) external {
        calls["mint"]++;
        amount = bound(amount, 0, CAP - masa.totalSupply());
        vm.prank(bridge);
        masa.mint(pick(to), amount);
        minted += amount;
    }

    /// @dev One wei more than there is room for must be refused.
    function mintTooMuch(uint256 to) external {
        calls["mintTooMuch"]++;
        uint256 amount = CAP - masa.totalSupply() + 1;
        vm.prank(bridge);
        (bool success,) = address(masa).call(abi.encodeCall(masa.mint, (pick(to), amount)));
        if (success) capViolations++;
    }

    function burn(uint256 who, uint256 amount) external {
        calls["burn"]++;
        address holder = pick(who);
        amount = bound(amount, 0, masa.balanceOf(holder));
        vm.prank(holder);
        masa.burn(amount);
        burned += amount;
    }

    function move(uint256 from, uint256 to, uint256 amount, bool native) external {
        calls["move"]++;
        address holder = pick(from);
        vm.startPrank(holder);
        if (native) wmasa.transfer(pick(to), bound(amount, 0, wmasa.balanceOf(holder)));
        else masa.transfer(pick(to), bound(amount, 0, masa.balanceOf(holder)));
        vm.stopPrank();
    }

    /// @dev Moves with an allowance, which must be used up by exactly the amount.
    function moveFrom(uint256 from, uint256 to, uint256 amount) external {
        calls["moveFrom"]++;
        address holder = pick(from);
        amount = bound(amount, 0, masa.balanceOf(holder));
        vm.prank(holder);
        masa.approve(eve, amount);
        vm.prank(eve);
        masa.transferFrom(holder, pick(to), amount);
        assertEq(masa.allowance(holder, eve), 0, "used up");
    }

    function changeBridge(uint256 seed) external {
        calls["changeBridge"]++;
        bridge = address(uint160(0x4000 + (seed % 5)));
        masa.setBridge(bridge);
    }

    function wrap(uint256 who, uint256 amount) external {
        calls["wrap"]++;
        amount = bound(amount, 0, 1_000_000 ether);
        address holder = pick(who);
        vm.deal(holder, holder.balance + amount);
        vm.prank(holder);
        wmasa.deposit{value: amount}();
        wrapped += amount;
    }

    function unwrap(uint256 who, uint256 amount) external {
        calls["unwrap"]++;
        address holder = pick(who);
        amount = bound(amount, 0, wmasa.balanceOf(holder));
        uint256 before = holder.balance;
        vm.prank(holder);
        wmasa.withdraw(amount);
        assertEq(holder.balance - before, amount, "one to one");
        unwrapped += amount;
    }

    function force(uint256 amount) external {
        calls["force"]++;
        amount = bound(amount, 0, 1 ether);
        forced += amount;
        vm.deal(address(this), amount);
        new ForcedSender{value: amount}(payable(address(wmasa)));
    }

    function interfere(uint256 who, uint256 amount) external {
        calls["interfere"]++;
        address victim = pick(who);
        amount = bound(amount, 1, type(uint128).max);
        bytes[4] memory onMasa = [
            abi.encodeCall(masa.mint, (eve, amount)),
            abi.encodeCall(masa.setBridge, (eve)),
            abi.encodeCall(masa.burnFrom, (victim, amount)),
            abi.encodeCall(masa.transferFrom, (victim, eve, amount))
        ];
        for (uint256 i; i < 4; ++i) {
            vm.prank(eve);
            (bool success,) = address(masa).call(onMasa[i]);
            if (success) strangerSuccesses++;
        }
        bytes[2] memory onWmasa = [
            abi.encodeCall(wmasa.withdraw, (amount)),
            abi.encodeCall(wmasa.transferFrom, (victim, eve, amount))
        ];
        for (uint256 i; i < 2; ++i) {
            vm.prank(eve);
            (bool success,) = address(wmasa).call(onWmasa[i]);
            if (success) strangerSuccesses++;
        }
    }
}
