// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Refuses native tokens.
contract RejectingReceiver {
    error Rejected();

    receive() external payable {
        revert Rejected();
    }

    /// @notice Calls `target` as this contract.
    function execute(address target, bytes calldata data)
        external
        payable
        returns (bool success, bytes memory result)
    {
        (success, result) = target.call{value: msg.value}(data);
    }
}

/// @notice Burns all the gas it is given.
contract GasBurningReceiver {
    receive() external payable {
        assembly {
            invalid()
        }
    }
}

/// @notice Answers with 100,000 bytes, which a careless caller would copy at its own cost.
contract ReturnBombReceiver {
    fallback() external payable {
        assembly {
            return(0, 100000)
        }
    }
}

/// @notice Calls back while it is being paid, and remembers whether that worked.
contract ReenteringReceiver {
    address public target;
    bytes public data;
    bool public entered;
    bool public succeeded;
    uint256 public observed;

    function arm(address target_, bytes calldata data_) external {
        target = target_;
        data = data_;
        entered = false;
        succeeded = false;
    }

    function execute(address to, bytes calldata call_)
        external
        payable
        returns (bool success, bytes memory result)
    {
        (success, result) = to.call{value: msg.value}(call_);
    }

    receive() external payable {
        if (target == address(0) || entered) return;
        entered = true;
        bytes memory result;
        (succeeded, result) = target.call(data);
        if (succeeded && result.length == 32) observed = abi.decode(result, (uint256));
    }
}

/// @notice Pushes its balance into an account without a call.
contract ForcedSender {
    constructor(address payable target) payable {
        selfdestruct(target);
    }
}
