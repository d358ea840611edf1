import asyncio


async def send_mail(to):
    await asyncio.sleep(0.5)
    print(f"mail to {to} is sent")


async def main():
    send_mail("Ada")
    await send_mail("Grace")
    print("all mail is sent")


asyncio.run(main())
