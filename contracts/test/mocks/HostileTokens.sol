// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Takes a tenth of every transfer for itself.
contract FeeOnTransferToken {
    mapping(address account => uint256) public balanceOf;

    function give(address account, uint256 amount) external {
        balanceOf[account] += amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount - amount / 10;
        return true;
    }
}

/// @notice Refuses chosen receivers.
contract BlocklistToken {
    mapping(address account => uint256) public balanceOf;
    mapping(address account => bool) public blocked;

    error Blocked(address account);

    function give(address account, uint256 amount) external {
        balanceOf[account] += amount;
    }

    function blockAccount(address account) external {
        blocked[account] = true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        if (blocked[to]) revert Blocked(to);
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
        return true;
    }
}

/// @notice Calls somebody in the middle of a transfer, as ERC-777 does.
contract CallbackToken {
    mapping(address account => uint256) public balanceOf;
    address public target;
    bytes public data;
    bool public succeeded;
    uint256 public observed;

    function give(address account, uint256 amount) external {
        balanceOf[account] += amount;
    }

    function arm(address target_, bytes calldata data_) external {
        target = target_;
        data = data_;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        bytes memory answer;
        (succeeded, answer) = target.call(data);
        if (succeeded && answer.length == 32) observed = abi.decode(answer, (uint256));
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
        return true;
    }
}

/// @notice Changes balances by itself.
contract RebasingToken {
    mapping(address account => uint256) private _shares;
    uint256 public multiplier = 1;

    function give(address account, uint256 amount) external {
        _shares[account] += amount;
    }

    function rebase(uint256 multiplier_) external {
        multiplier = multiplier_;
    }

    function balanceOf(address account) external view returns (uint256) {
        return _shares[account] * multiplier;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _shares[msg.sender] -= amount / multiplier;
        _shares[to] += amount / multiplier;
        return true;
    }
}
