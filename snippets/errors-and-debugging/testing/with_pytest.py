# /// script
# dependencies = ["pytest", "pytest-asyncio"]
# ///
import asyncio
import os
import sys

import pytest


# --8<-- [start:tests]
class Account:
    def __init__(self, balance):
        self.balance = balance

    async def withdraw(self, amount):
        await asyncio.sleep(0.1)
        if amount > self.balance:
            raise ValueError("not enough money")
        self.balance -= amount


@pytest.mark.asyncio
@pytest.mark.parametrize("amount", [1, 100])
async def test_a_withdrawal_is_taken(amount):
    account = Account(100)
    await account.withdraw(amount)
    assert account.balance == 100 - amount


@pytest.mark.asyncio
async def test_a_balance_never_becomes_negative():
    account = Account(100)
    with pytest.raises(ValueError, match="not enough"):
        await account.withdraw(101)


# --8<-- [end:tests]
if __name__ == "__main__":
    # Without a configuration file, so that it does the same wherever you run it.
    scope = "asyncio_default_fixture_loop_scope=function"
    sys.exit(pytest.main([__file__, "-q", "-p", "no:cacheprovider", "-c", os.devnull, "-o", scope]))
