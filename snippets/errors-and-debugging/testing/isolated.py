import asyncio
import logging
import unittest


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = asyncio.Lock()

    async def withdraw(self, amount):
        async with self.lock:
            if amount > self.balance:
                raise ValueError("not enough money")
            await asyncio.sleep(0.1)
            self.balance -= amount


class AccountTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.account = Account(100)

    async def test_two_withdrawals_at_once_take_both_amounts(self):
        await asyncio.gather(self.account.withdraw(30), self.account.withdraw(50))
        self.assertEqual(self.account.balance, 20)

    async def test_a_balance_never_becomes_negative(self):
        results = await asyncio.gather(self.account.withdraw(80), self.account.withdraw(80), return_exceptions=True)
        self.assertEqual(results[0], None)
        self.assertIsInstance(results[1], ValueError)
        self.assertEqual(self.account.balance, 20)


if __name__ == "__main__":
    # A test case runs in debug mode, which warns of slow steps. A busy machine has many: errors only.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    unittest.main(verbosity=2)
